// Generated from schema/*.graphql and schema/rest/ by `npm run codegen`; do not edit.
import type { RestInputObject, RestRoute, RestShape } from '../rest/table.ts';

const shownCustomer: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "externalId": {
   "name": "external_id",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "email": {
   "name": "email",
   "shape": null
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "tier": {
   "name": "tier",
   "shape": {
    "kind": "FLAT",
    "field": "name",
    "shape": null
   }
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "joinedAt": {
   "name": "joined_at",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  }
 }
};

const shownCustomerActivity: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "type": {
   "name": "type",
   "shape": null
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownLedgerEntry: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardId": {
   "name": "card_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "type": {
   "name": "type",
   "shape": null
  },
  "sequence": {
   "name": "sequence",
   "shape": null
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "pending": {
   "name": "pending",
   "shape": null
  },
  "balanceAfter": {
   "name": "balance_after",
   "shape": null
  },
  "transactionId": {
   "name": "transaction_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "operationId": {
   "name": "operation_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "earnRuleVersionId": {
   "name": "earn_rule_version_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "tierId": {
   "name": "tier_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "activatesAt": {
   "name": "activates_at",
   "shape": null
  },
  "expiresAt": {
   "name": "expires_at",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownTierTransition: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "type": {
   "name": "type",
   "shape": null
  },
  "tierStructureId": {
   "name": "tier_structure_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "fromTier": {
   "name": "from_tier",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     },
     "name": {
      "name": "name",
      "shape": null
     }
    }
   }
  },
  "toTier": {
   "name": "to_tier",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     },
     "name": {
      "name": "name",
      "shape": null
     }
    }
   }
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "measure": {
   "name": "measure",
   "shape": null
  },
  "expiresAt": {
   "name": "expires_at",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  },
  "late": {
   "name": "late",
   "shape": null
  },
  "retraction": {
   "name": "retraction",
   "shape": null
  }
 }
};

const shownAdjustment: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "qualifying": {
   "name": "qualifying",
   "shape": null
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownApiKeyUse: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "apiKeyId": {
   "name": "api_key_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "api": {
   "name": "api",
   "shape": null
  },
  "ipAddress": {
   "name": "ip_address",
   "shape": null
  },
  "userAgent": {
   "name": "user_agent",
   "shape": null
  },
  "hour": {
   "name": "hour",
   "shape": null
  },
  "firstUsedAt": {
   "name": "first_used_at",
   "shape": null
  },
  "lastUsedAt": {
   "name": "last_used_at",
   "shape": null
  },
  "requestCount": {
   "name": "request_count",
   "shape": null
  },
  "refusedCount": {
   "name": "refused_count",
   "shape": null
  },
  "lastRequestId": {
   "name": "last_request_id",
   "shape": null
  }
 }
};

const shownApiKey: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "lastFour": {
   "name": "last_four",
   "shape": null
  },
  "scope": {
   "name": "scope",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "expiresAt": {
   "name": "expires_at",
   "shape": null
  },
  "revokedAt": {
   "name": "revoked_at",
   "shape": null
  },
  "lastUsedAt": {
   "name": "last_used_at",
   "shape": null
  }
 }
};

const shownActivity: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "action": {
   "name": "action",
   "shape": null
  },
  "subjectId": {
   "name": "subject_id",
   "shape": null
  },
  "apiKeyId": {
   "name": "api_key_id",
   "shape": null
  },
  "requestId": {
   "name": "request_id",
   "shape": null
  },
  "api": {
   "name": "api",
   "shape": null
  },
  "ipAddress": {
   "name": "ip_address",
   "shape": null
  },
  "userAgent": {
   "name": "user_agent",
   "shape": null
  },
  "before": {
   "name": "before",
   "shape": null
  },
  "after": {
   "name": "after",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownPointExpiration: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "type": {
   "name": "type",
   "shape": null
  },
  "rolling": {
   "name": "rolling",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "period": {
      "name": "period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "value": {
         "name": "value",
         "shape": null
        },
        "unit": {
         "name": "unit",
         "shape": null
        }
       }
      }
     },
     "rounding": {
      "name": "rounding",
      "shape": null
     },
     "roundingMonth": {
      "name": "rounding_month",
      "shape": null
     }
    }
   }
  },
  "calendar": {
   "name": "calendar",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "calendarDates": {
      "name": "calendar_dates",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "day": {
         "name": "day",
         "shape": null
        },
        "month": {
         "name": "month",
         "shape": null
        }
       }
      }
     }
    }
   }
  },
  "sliding": {
   "name": "sliding",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "period": {
      "name": "period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "value": {
         "name": "value",
         "shape": null
        },
        "unit": {
         "name": "unit",
         "shape": null
        }
       }
      }
     },
     "earningActivity": {
      "name": "earning_activity",
      "shape": null
     },
     "spendingActivity": {
      "name": "spending_activity",
      "shape": null
     },
     "customActivity": {
      "name": "custom_activity",
      "shape": null
     },
     "customActivityTypes": {
      "name": "custom_activity_types",
      "shape": null
     }
    }
   }
  }
 }
};

const shownCardDefinition: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "key": {
   "name": "key",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "expiration": {
   "name": "expiration",
   "shape": shownPointExpiration
  },
  "activation": {
   "name": "activation",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "type": {
      "name": "type",
      "shape": null
     },
     "periodBased": {
      "name": "period_based",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "days": {
         "name": "days",
         "shape": null
        }
       }
      }
     },
     "fixedDates": {
      "name": "fixed_dates",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "calendarDates": {
         "name": "calendar_dates",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "day": {
            "name": "day",
            "shape": null
           },
           "month": {
            "name": "month",
            "shape": null
           }
          }
         }
        }
       }
      }
     }
    }
   }
  },
  "refundPolicy": {
   "name": "refund_policy",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  }
 }
};

const shownCheckpoint: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "sequence": {
   "name": "sequence",
   "shape": null
  },
  "statement": {
   "name": "statement",
   "shape": null
  },
  "cardCount": {
   "name": "card_count",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  }
 }
};

const shownCard: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "balance": {
   "name": "balance",
   "shape": null
  },
  "pendingBalance": {
   "name": "pending_balance",
   "shape": null
  },
  "lots": {
   "name": "lots",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "points": {
      "name": "points",
      "shape": null
     },
     "expiresOn": {
      "name": "expires_on",
      "shape": null
     },
     "expiresAt": {
      "name": "expires_at",
      "shape": null
     },
     "sliding": {
      "name": "sliding",
      "shape": null
     },
     "earnedAt": {
      "name": "earned_at",
      "shape": null
     }
    }
   }
  },
  "pendingPoints": {
   "name": "pending_points",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "points": {
      "name": "points",
      "shape": null
     },
     "transactionId": {
      "name": "transaction_id",
      "shape": {
       "kind": "FLAT",
       "field": "id",
       "shape": null
      }
     },
     "earnedAt": {
      "name": "earned_at",
      "shape": null
     },
     "activatesAt": {
      "name": "activates_at",
      "shape": null
     },
     "expiresOn": {
      "name": "expires_on",
      "shape": null
     }
    }
   }
  }
 }
};

const shownOperation: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "__typename": {
   "name": "object",
   "shape": {
    "kind": "TYPE_NAME"
   }
  },
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "reversedPoints": {
   "name": "reversed_points",
   "shape": null
  },
  "spendId": {
   "name": "spend_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "available": {
   "name": "available",
   "shape": null
  },
  "expired": {
   "name": "expired",
   "shape": null
  },
  "transactionId": {
   "name": "transaction_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "amount": {
   "name": "amount",
   "shape": null
  },
  "currency": {
   "name": "currency",
   "shape": null
  },
  "revokedPoints": {
   "name": "revoked_points",
   "shape": null
  },
  "cancelledPendingPoints": {
   "name": "cancelled_pending_points",
   "shape": null
  },
  "expiredPoints": {
   "name": "expired_points",
   "shape": null
  },
  "shortfall": {
   "name": "shortfall",
   "shape": null
  },
  "qualifying": {
   "name": "qualifying",
   "shape": null
  },
  "toCustomerId": {
   "name": "to_customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "type": {
   "name": "type",
   "shape": null
  },
  "rewardId": {
   "name": "reward_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "redemptionId": {
   "name": "redemption_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  }
 }
};

const shownRedemption: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "rewardId": {
   "name": "reward_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "grantId": {
   "name": "grant_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "allocations": {
   "name": "allocations",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "points": {
      "name": "points",
      "shape": null
     },
     "expiresOn": {
      "name": "expires_on",
      "shape": null
     },
     "expiresAt": {
      "name": "expires_at",
      "shape": null
     }
    }
   }
  },
  "proofExpiresAt": {
   "name": "proof_expires_at",
   "shape": null
  },
  "confirmedAt": {
   "name": "confirmed_at",
   "shape": null
  },
  "cancelledAt": {
   "name": "cancelled_at",
   "shape": null
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownRewardGrant: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "rewardId": {
   "name": "reward_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "transactionId": {
   "name": "transaction_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "redemptionId": {
   "name": "redemption_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "grantedAt": {
   "name": "granted_at",
   "shape": null
  },
  "expiresAt": {
   "name": "expires_at",
   "shape": null
  },
  "revokedAt": {
   "name": "revoked_at",
   "shape": null
  }
 }
};

const shownRewardOffer: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "reward": {
   "name": "reward",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     },
     "type": {
      "name": "type",
      "shape": null
     },
     "name": {
      "name": "name",
      "shape": null
     },
     "cost": {
      "name": "cost",
      "shape": null
     },
     "stock": {
      "name": "stock",
      "shape": null
     }
    }
   }
  },
  "redeemable": {
   "name": "redeemable",
   "shape": null
  },
  "grantId": {
   "name": "grant_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "obstacles": {
   "name": "obstacles",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "code": {
      "name": "code",
      "shape": null
     },
     "message": {
      "name": "message",
      "shape": null
     },
     "available": {
      "name": "available",
      "shape": null
     },
     "limit": {
      "name": "limit",
      "shape": null
     }
    }
   }
  }
 }
};

const shownTierMembership: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "tierStructure": {
   "name": "tier_structure",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     },
     "name": {
      "name": "name",
      "shape": null
     }
    }
   }
  },
  "tier": {
   "name": "tier",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     },
     "name": {
      "name": "name",
      "shape": null
     }
    }
   }
  },
  "since": {
   "name": "since",
   "shape": null
  },
  "expiresAt": {
   "name": "expires_at",
   "shape": null
  },
  "graceEndsAt": {
   "name": "grace_ends_at",
   "shape": null
  },
  "revision": {
   "name": "revision",
   "shape": null
  },
  "measure": {
   "name": "measure",
   "shape": null
  },
  "windowStartsAt": {
   "name": "window_starts_at",
   "shape": null
  },
  "windowEndsAt": {
   "name": "window_ends_at",
   "shape": null
  },
  "deferred": {
   "name": "deferred",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "tier": {
      "name": "tier",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "id": {
         "name": "id",
         "shape": null
        },
        "name": {
         "name": "name",
         "shape": null
        }
       }
      }
     },
     "effectiveAt": {
      "name": "effective_at",
      "shape": null
     }
    }
   }
  },
  "opportunities": {
   "name": "opportunities",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "tier": {
      "name": "tier",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "id": {
         "name": "id",
         "shape": null
        },
        "name": {
         "name": "name",
         "shape": null
        }
       }
      }
     },
     "missingPoints": {
      "name": "missing_points",
      "shape": null
     },
     "validUntil": {
      "name": "valid_until",
      "shape": null
     }
    }
   }
  },
  "risk": {
   "name": "risk",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "type": {
      "name": "type",
      "shape": null
     },
     "at": {
      "name": "at",
      "shape": null
     },
     "on": {
      "name": "on",
      "shape": null
     },
     "fromTier": {
      "name": "from_tier",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "id": {
         "name": "id",
         "shape": null
        },
        "name": {
         "name": "name",
         "shape": null
        }
       }
      }
     },
     "toTier": {
      "name": "to_tier",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "id": {
         "name": "id",
         "shape": null
        },
        "name": {
         "name": "name",
         "shape": null
        }
       }
      }
     }
    }
   }
  }
 }
};

const shownCustomerSnapshot: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "at": {
   "name": "at",
   "shape": null
  },
  "knownAt": {
   "name": "known_at",
   "shape": null
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "tier": {
   "name": "tier",
   "shape": {
    "kind": "FLAT",
    "field": "name",
    "shape": null
   }
  },
  "tiers": {
   "name": "tiers",
   "shape": shownTierMembership
  },
  "cards": {
   "name": "cards",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "cardDefinitionId": {
      "name": "card_definition_id",
      "shape": {
       "kind": "FLAT",
       "field": "id",
       "shape": null
      }
     },
     "balance": {
      "name": "balance",
      "shape": null
     },
     "pendingBalance": {
      "name": "pending_balance",
      "shape": null
     },
     "lots": {
      "name": "lots",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "points": {
         "name": "points",
         "shape": null
        },
        "expiresOn": {
         "name": "expires_on",
         "shape": null
        },
        "expiresAt": {
         "name": "expires_at",
         "shape": null
        },
        "sliding": {
         "name": "sliding",
         "shape": null
        },
        "earnedAt": {
         "name": "earned_at",
         "shape": null
        }
       }
      }
     }
    }
   }
  }
 }
};

const shownEarnRuleVersion: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "number": {
   "name": "number",
   "shape": null
  },
  "effectiveAt": {
   "name": "effective_at",
   "shape": null
  },
  "rates": {
   "name": "rates",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "currency": {
      "name": "currency",
      "shape": null
     },
     "value": {
      "name": "value",
      "shape": null
     },
     "every": {
      "name": "every",
      "shape": null
     }
    }
   }
  },
  "condition": {
   "name": "condition",
   "shape": null
  },
  "rounding": {
   "name": "rounding",
   "shape": null
  },
  "roundingScope": {
   "name": "rounding_scope",
   "shape": null
  },
  "tierMultipliers": {
   "name": "tier_multipliers",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "tierId": {
      "name": "tier_id",
      "shape": null
     },
     "multiplier": {
      "name": "multiplier",
      "shape": null
     }
    }
   }
  },
  "caps": {
   "name": "caps",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "perTransaction": {
      "name": "per_transaction",
      "shape": null
     },
     "perPeriod": {
      "name": "per_period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "unit": {
         "name": "unit",
         "shape": null
        },
        "points": {
         "name": "points",
         "shape": null
        }
       }
      }
     },
     "balance": {
      "name": "balance",
      "shape": null
     }
    }
   }
  },
  "expiration": {
   "name": "expiration",
   "shape": shownPointExpiration
  },
  "publishedAt": {
   "name": "published_at",
   "shape": null
  }
 }
};

const shownEarnRule: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "key": {
   "name": "key",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "currentVersion": {
   "name": "current_version",
   "shape": shownEarnRuleVersion
  },
  "retiredAt": {
   "name": "retired_at",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  }
 }
};

const shownRedemptionCancellation: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "redemptionId": {
   "name": "redemption_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "available": {
   "name": "available",
   "shape": null
  },
  "expired": {
   "name": "expired",
   "shape": null
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownReward: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "key": {
   "name": "key",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "type": {
   "name": "type",
   "shape": null
  },
  "description": {
   "name": "description",
   "shape": null
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cost": {
   "name": "cost",
   "shape": null
  },
  "stock": {
   "name": "stock",
   "shape": null
  },
  "limits": {
   "name": "limits",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "perMember": {
      "name": "per_member",
      "shape": null
     },
     "perPeriod": {
      "name": "per_period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "unit": {
         "name": "unit",
         "shape": null
        },
        "count": {
         "name": "count",
         "shape": null
        }
       }
      }
     }
    }
   }
  },
  "tierIds": {
   "name": "tier_ids",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "condition": {
   "name": "condition",
   "shape": null
  },
  "validFrom": {
   "name": "valid_from",
   "shape": null
  },
  "validUntil": {
   "name": "valid_until",
   "shape": null
  },
  "proofValidMinutes": {
   "name": "proof_valid_minutes",
   "shape": null
  },
  "trigger": {
   "name": "trigger",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "type": {
      "name": "type",
      "shape": null
     },
     "everyNthVisit": {
      "name": "every_nth_visit",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "visits": {
         "name": "visits",
         "shape": null
        }
       }
      }
     },
     "pointBalance": {
      "name": "point_balance",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "cardDefinitionId": {
         "name": "card_definition_id",
         "shape": {
          "kind": "FLAT",
          "field": "id",
          "shape": null
         }
        },
        "points": {
         "name": "points",
         "shape": null
        }
       }
      }
     },
     "pointEarned": {
      "name": "point_earned",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "cardDefinitionId": {
         "name": "card_definition_id",
         "shape": {
          "kind": "FLAT",
          "field": "id",
          "shape": null
         }
        },
        "points": {
         "name": "points",
         "shape": null
        },
        "unit": {
         "name": "unit",
         "shape": null
        }
       }
      }
     }
    }
   }
  },
  "grantValidity": {
   "name": "grant_validity",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "value": {
      "name": "value",
      "shape": null
     },
     "unit": {
      "name": "unit",
      "shape": null
     }
    }
   }
  },
  "defaultLocale": {
   "name": "default_locale",
   "shape": null
  },
  "receipts": {
   "name": "receipts",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "locale": {
      "name": "locale",
      "shape": null
     },
     "template": {
      "name": "template",
      "shape": null
     }
    }
   }
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  }
 }
};

const shownSigningKey: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "publicJwk": {
   "name": "public_jwk",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "retiredAt": {
   "name": "retired_at",
   "shape": null
  }
 }
};

const shownSpend: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "reversedPoints": {
   "name": "reversed_points",
   "shape": null
  },
  "allocations": {
   "name": "allocations",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "points": {
      "name": "points",
      "shape": null
     },
     "expiresOn": {
      "name": "expires_on",
      "shape": null
     },
     "expiresAt": {
      "name": "expires_at",
      "shape": null
     }
    }
   }
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownSpendReversal: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "spendId": {
   "name": "spend_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "available": {
   "name": "available",
   "shape": null
  },
  "expired": {
   "name": "expired",
   "shape": null
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownTierRules: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "key": {
   "name": "key",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "type": {
   "name": "type",
   "shape": null
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "pointEarned": {
   "name": "point_earned",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "period": {
      "name": "period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "value": {
         "name": "value",
         "shape": null
        },
        "unit": {
         "name": "unit",
         "shape": null
        }
       }
      }
     },
     "type": {
      "name": "type",
      "shape": null
     },
     "window": {
      "name": "window",
      "shape": null
     }
    }
   }
  },
  "expiration": {
   "name": "expiration",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "type": {
      "name": "type",
      "shape": null
     },
     "rollingExpiration": {
      "name": "rolling_expiration",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "period": {
         "name": "period",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "value": {
            "name": "value",
            "shape": null
           },
           "unit": {
            "name": "unit",
            "shape": null
           }
          }
         }
        }
       }
      }
     },
     "calendarExpiration": {
      "name": "calendar_expiration",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "calendarDates": {
         "name": "calendar_dates",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "day": {
            "name": "day",
            "shape": null
           },
           "month": {
            "name": "month",
            "shape": null
           }
          }
         }
        }
       }
      }
     },
     "slidingExpiration": {
      "name": "sliding_expiration",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "period": {
         "name": "period",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "value": {
            "name": "value",
            "shape": null
           },
           "unit": {
            "name": "unit",
            "shape": null
           }
          }
         }
        },
        "earningActivity": {
         "name": "earning_activity",
         "shape": null
        },
        "spendingActivity": {
         "name": "spending_activity",
         "shape": null
        },
        "customActivity": {
         "name": "custom_activity",
         "shape": null
        },
        "customActivityTypes": {
         "name": "custom_activity_types",
         "shape": null
        }
       }
      }
     }
    }
   }
  },
  "downgrade": {
   "name": "downgrade",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "type": {
      "name": "type",
      "shape": null
     },
     "gracePeriod": {
      "name": "grace_period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "value": {
         "name": "value",
         "shape": null
        },
        "unit": {
         "name": "unit",
         "shape": null
        },
        "roundUp": {
         "name": "round_up",
         "shape": null
        }
       }
      }
     }
    }
   }
  },
  "entryAwardScope": {
   "name": "entry_award_scope",
   "shape": null
  },
  "entryAwardOnRefund": {
   "name": "entry_award_on_refund",
   "shape": null
  },
  "draftOf": {
   "name": "draft_of",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "effectiveAt": {
   "name": "effective_at",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  }
 }
};

const shownTier: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "key": {
   "name": "key",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "minPoints": {
   "name": "min_points",
   "shape": null
  },
  "maxPoints": {
   "name": "max_points",
   "shape": null
  },
  "noDowngrade": {
   "name": "no_downgrade",
   "shape": null
  },
  "entryAward": {
   "name": "entry_award",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "points": {
      "name": "points",
      "shape": null
     },
     "cardDefinitionId": {
      "name": "card_definition_id",
      "shape": null
     }
    }
   }
  },
  "pointExpiration": {
   "name": "point_expiration",
   "shape": shownPointExpiration
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "originId": {
   "name": "origin_id",
   "shape": null
  },
  "removedAt": {
   "name": "removed_at",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  }
 }
};

const shownTierStructure: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "key": {
   "name": "key",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "type": {
   "name": "type",
   "shape": null
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "pointEarned": {
   "name": "point_earned",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "period": {
      "name": "period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "value": {
         "name": "value",
         "shape": null
        },
        "unit": {
         "name": "unit",
         "shape": null
        }
       }
      }
     },
     "type": {
      "name": "type",
      "shape": null
     },
     "window": {
      "name": "window",
      "shape": null
     }
    }
   }
  },
  "expiration": {
   "name": "expiration",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "type": {
      "name": "type",
      "shape": null
     },
     "rollingExpiration": {
      "name": "rolling_expiration",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "period": {
         "name": "period",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "value": {
            "name": "value",
            "shape": null
           },
           "unit": {
            "name": "unit",
            "shape": null
           }
          }
         }
        }
       }
      }
     },
     "calendarExpiration": {
      "name": "calendar_expiration",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "calendarDates": {
         "name": "calendar_dates",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "day": {
            "name": "day",
            "shape": null
           },
           "month": {
            "name": "month",
            "shape": null
           }
          }
         }
        }
       }
      }
     },
     "slidingExpiration": {
      "name": "sliding_expiration",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "period": {
         "name": "period",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "value": {
            "name": "value",
            "shape": null
           },
           "unit": {
            "name": "unit",
            "shape": null
           }
          }
         }
        },
        "earningActivity": {
         "name": "earning_activity",
         "shape": null
        },
        "spendingActivity": {
         "name": "spending_activity",
         "shape": null
        },
        "customActivity": {
         "name": "custom_activity",
         "shape": null
        },
        "customActivityTypes": {
         "name": "custom_activity_types",
         "shape": null
        }
       }
      }
     }
    }
   }
  },
  "downgrade": {
   "name": "downgrade",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "type": {
      "name": "type",
      "shape": null
     },
     "gracePeriod": {
      "name": "grace_period",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "value": {
         "name": "value",
         "shape": null
        },
        "unit": {
         "name": "unit",
         "shape": null
        },
        "roundUp": {
         "name": "round_up",
         "shape": null
        }
       }
      }
     }
    }
   }
  },
  "entryAwardScope": {
   "name": "entry_award_scope",
   "shape": null
  },
  "entryAwardOnRefund": {
   "name": "entry_award_on_refund",
   "shape": null
  },
  "draftOf": {
   "name": "draft_of",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "effectiveAt": {
   "name": "effective_at",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  },
  "revision": {
   "name": "revision",
   "shape": {
    "kind": "FLAT",
    "field": "number",
    "shape": null
   }
  },
  "tiers": {
   "name": "tiers",
   "shape": shownTier
  }
 }
};

const shownTransaction: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "amount": {
   "name": "amount",
   "shape": null
  },
  "currency": {
   "name": "currency",
   "shape": null
  },
  "location": {
   "name": "location",
   "shape": null
  },
  "lines": {
   "name": "lines",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "sku": {
      "name": "sku",
      "shape": null
     },
     "category": {
      "name": "category",
      "shape": null
     },
     "quantity": {
      "name": "quantity",
      "shape": null
     },
     "amount": {
      "name": "amount",
      "shape": null
     }
    }
   }
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownAward: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "points": {
   "name": "points",
   "shape": null
  },
  "computedPoints": {
   "name": "computed_points",
   "shape": null
  },
  "cappedBy": {
   "name": "capped_by",
   "shape": null
  },
  "activatesAt": {
   "name": "activates_at",
   "shape": null
  },
  "earnRuleVersionId": {
   "name": "earn_rule_version_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "multiplier": {
   "name": "multiplier",
   "shape": null
  },
  "expiresAt": {
   "name": "expires_at",
   "shape": null
  }
 }
};

const shownRefund: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "customerId": {
   "name": "customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "transactionId": {
   "name": "transaction_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "amount": {
   "name": "amount",
   "shape": null
  },
  "currency": {
   "name": "currency",
   "shape": null
  },
  "lines": {
   "name": "lines",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "index": {
      "name": "index",
      "shape": null
     },
     "amount": {
      "name": "amount",
      "shape": null
     }
    }
   }
  },
  "deductions": {
   "name": "deductions",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "earnRuleVersionId": {
      "name": "earn_rule_version_id",
      "shape": {
       "kind": "FLAT",
       "field": "id",
       "shape": null
      }
     },
     "cardDefinitionId": {
      "name": "card_definition_id",
      "shape": {
       "kind": "FLAT",
       "field": "id",
       "shape": null
      }
     },
     "points": {
      "name": "points",
      "shape": null
     }
    }
   }
  },
  "revokedPoints": {
   "name": "revoked_points",
   "shape": null
  },
  "cancelledPendingPoints": {
   "name": "cancelled_pending_points",
   "shape": null
  },
  "expiredPoints": {
   "name": "expired_points",
   "shape": null
  },
  "shortfall": {
   "name": "shortfall",
   "shape": null
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownTransfer: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "fromCustomerId": {
   "name": "from_customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "toCustomerId": {
   "name": "to_customer_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "cardDefinitionId": {
   "name": "card_definition_id",
   "shape": {
    "kind": "FLAT",
    "field": "id",
    "shape": null
   }
  },
  "points": {
   "name": "points",
   "shape": null
  },
  "allocations": {
   "name": "allocations",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "points": {
      "name": "points",
      "shape": null
     },
     "expiresOn": {
      "name": "expires_on",
      "shape": null
     },
     "expiresAt": {
      "name": "expires_at",
      "shape": null
     }
    }
   }
  },
  "source": {
   "name": "source",
   "shape": null
  },
  "reference": {
   "name": "reference",
   "shape": null
  },
  "reason": {
   "name": "reason",
   "shape": null
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "occurredAt": {
   "name": "occurred_at",
   "shape": null
  },
  "recordedAt": {
   "name": "recorded_at",
   "shape": null
  }
 }
};

const shownVerification: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "difference": {
   "name": "difference",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "kind": {
      "name": "kind",
      "shape": null
     },
     "customerId": {
      "name": "customer_id",
      "shape": null
     },
     "cardId": {
      "name": "card_id",
      "shape": null
     },
     "tierStructureId": {
      "name": "tier_structure_id",
      "shape": null
     },
     "rewardId": {
      "name": "reward_id",
      "shape": null
     },
     "redemptionId": {
      "name": "redemption_id",
      "shape": null
     },
     "rewardGrantId": {
      "name": "reward_grant_id",
      "shape": null
     },
     "sequence": {
      "name": "sequence",
      "shape": null
     },
     "field": {
      "name": "field",
      "shape": null
     },
     "found": {
      "name": "found",
      "shape": null
     },
     "expected": {
      "name": "expected",
      "shape": null
     }
    }
   }
  },
  "customerCount": {
   "name": "customer_count",
   "shape": null
  },
  "entryCount": {
   "name": "entry_count",
   "shape": null
  },
  "endCursor": {
   "name": "end_cursor",
   "shape": null
  }
 }
};

const shownWebhookDelivery: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "webhookEndpoint": {
   "name": "webhook_endpoint",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     }
    }
   }
  },
  "eventId": {
   "name": "event_id",
   "shape": null
  },
  "eventType": {
   "name": "event_type",
   "shape": null
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "test": {
   "name": "test",
   "shape": null
  },
  "attemptCount": {
   "name": "attempt_count",
   "shape": null
  },
  "nextAttemptAt": {
   "name": "next_attempt_at",
   "shape": null
  },
  "lastStatusCode": {
   "name": "last_status_code",
   "shape": null
  },
  "lastError": {
   "name": "last_error",
   "shape": null
  },
  "replayedAt": {
   "name": "replayed_at",
   "shape": null
  },
  "completedAt": {
   "name": "completed_at",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  }
 }
};

const shownWebhookAttempt: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "number": {
   "name": "number",
   "shape": null
  },
  "startedAt": {
   "name": "started_at",
   "shape": null
  },
  "latencyMs": {
   "name": "latency_ms",
   "shape": null
  },
  "statusCode": {
   "name": "status_code",
   "shape": null
  },
  "error": {
   "name": "error",
   "shape": null
  },
  "responseStart": {
   "name": "response_start",
   "shape": null
  }
 }
};

const shownWebhookEndpoint: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "url": {
   "name": "url",
   "shape": null
  },
  "description": {
   "name": "description",
   "shape": null
  },
  "eventTypes": {
   "name": "event_types",
   "shape": null
  },
  "filter": {
   "name": "filter",
   "shape": null
  },
  "customHeaderNames": {
   "name": "custom_header_names",
   "shape": null
  },
  "ratePerSecond": {
   "name": "rate_per_second",
   "shape": null
  },
  "ordered": {
   "name": "ordered",
   "shape": null
  },
  "status": {
   "name": "status",
   "shape": null
  },
  "statusReason": {
   "name": "status_reason",
   "shape": null
  },
  "statusChangedAt": {
   "name": "status_changed_at",
   "shape": null
  },
  "secretCreatedAt": {
   "name": "secret_created_at",
   "shape": null
  },
  "previousSecretExpiresAt": {
   "name": "previous_secret_expires_at",
   "shape": null
  },
  "health": {
   "name": "health",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "failures": {
      "name": "failures",
      "shape": null
     },
     "failingSince": {
      "name": "failing_since",
      "shape": null
     },
     "pausedUntil": {
      "name": "paused_until",
      "shape": null
     },
     "disablesAt": {
      "name": "disables_at",
      "shape": null
     }
    }
   }
  },
  "metadata": {
   "name": "metadata",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  }
 }
};

const shownWorkspace: RestShape = {
 "kind": "OBJECT",
 "fields": {
  "id": {
   "name": "id",
   "shape": null
  },
  "name": {
   "name": "name",
   "shape": null
  },
  "timeZone": {
   "name": "time_zone",
   "shape": null
  },
  "mode": {
   "name": "mode",
   "shape": null
  },
  "clockFrozenAt": {
   "name": "clock_frozen_at",
   "shape": null
  },
  "backdatingDays": {
   "name": "backdating_days",
   "shape": null
  },
  "eventRetentionDays": {
   "name": "event_retention_days",
   "shape": null
  },
  "noticeDays": {
   "name": "notice_days",
   "shape": null
  },
  "version": {
   "name": "version",
   "shape": null
  },
  "createdAt": {
   "name": "created_at",
   "shape": null
  },
  "updatedAt": {
   "name": "updated_at",
   "shape": null
  }
 }
};

export const restRoutes: readonly RestRoute[] = [
 {
  "operation": "activityCreate",
  "method": "POST",
  "path": "/v3/activities",
  "status": 200,
  "document": "mutation activityCreate($input:ActivityRecordInput!){activityRecord(input:$input){customer{...Customer}activity{...CustomerActivity}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}duplicate userErrors{code message field}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment CustomerActivity on CustomerActivity{id customerId:customer{id}type source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "ActivityRecordInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "activity": {
     "name": "activity",
     "shape": shownCustomerActivity
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "adjustmentCreate",
  "method": "POST",
  "path": "/v3/adjustments",
  "status": 200,
  "document": "mutation adjustmentCreate($input:PointsAdjustInput!){pointsAdjust(input:$input){customer{...Customer}adjustment{...Adjustment}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}duplicate userErrors{code message field available}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment Adjustment on Adjustment{id customerId:customer{id}cardDefinitionId:cardDefinition{id}points qualifying source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "PointsAdjustInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "adjustment": {
     "name": "adjustment",
     "shape": shownAdjustment
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "apiKeyUseList",
  "method": "GET",
  "path": "/v3/api-key-uses",
  "status": 200,
  "document": "query apiKeyUseList($limit:Int$cursor:String$filter:ApiKeyUseFilter){apiKeyUses(first:$limit after:$cursor filter:$filter){nodes{...ApiKeyUse}pageInfo{hasNextPage endCursor}}}fragment ApiKeyUse on ApiKeyUse{apiKeyId:apiKey{id}api ipAddress userAgent hour firstUsedAt lastUsedAt requestCount refusedCount lastRequestId}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   },
   {
    "name": "filter",
    "target": [
     "filter"
    ],
    "type": {
     "type": "ApiKeyUseFilter"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownApiKeyUse,
   "fields": {}
  }
 },
 {
  "operation": "apiKeyList",
  "method": "GET",
  "path": "/v3/api-keys",
  "status": 200,
  "document": "query apiKeyList($limit:Int$cursor:String){apiKeys(first:$limit after:$cursor){nodes{...ApiKey}pageInfo{hasNextPage endCursor}}}fragment ApiKey on ApiKey{id name lastFour scope createdAt expiresAt revokedAt lastUsedAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownApiKey,
   "fields": {}
  }
 },
 {
  "operation": "apiKeyCreate",
  "method": "POST",
  "path": "/v3/api-keys",
  "status": 201,
  "document": "mutation apiKeyCreate($input:ApiKeyCreateInput!){apiKeyCreate(input:$input){apiKey{...ApiKey}secret userErrors{code message field}}}fragment ApiKey on ApiKey{id name lastFour scope createdAt expiresAt revokedAt lastUsedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "ApiKeyCreateInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "apiKey": {
     "name": "api_key",
     "shape": shownApiKey
    },
    "secret": {
     "name": "secret",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "apiKeyRevoke",
  "method": "POST",
  "path": "/v3/api-keys/{id}/revoke",
  "status": 200,
  "document": "mutation apiKeyRevoke($input:ApiKeyRevokeInput!){apiKeyRevoke(input:$input){apiKey{...ApiKey}userErrors{code message field}}}fragment ApiKey on ApiKey{id name lastFour scope createdAt expiresAt revokedAt lastUsedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "ApiKeyRevokeInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "apiKey",
   "shape": shownApiKey
  }
 },
 {
  "operation": "apiKeyRotate",
  "method": "POST",
  "path": "/v3/api-keys/{id}/rotate",
  "status": 200,
  "document": "mutation apiKeyRotate($input:ApiKeyRotateInput!){apiKeyRotate(input:$input){apiKey{...ApiKey}secret userErrors{code message field}}}fragment ApiKey on ApiKey{id name lastFour scope createdAt expiresAt revokedAt lastUsedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "ApiKeyRotateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "apiKey": {
     "name": "api_key",
     "shape": shownApiKey
    },
    "secret": {
     "name": "secret",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "auditLogList",
  "method": "GET",
  "path": "/v3/audit-log",
  "status": 200,
  "document": "query auditLogList($limit:Int$cursor:String$filter:ActivityFilter){activities(first:$limit after:$cursor filter:$filter){nodes{...Activity}pageInfo{hasNextPage endCursor}}}fragment Activity on Activity{id action subjectId apiKeyId requestId api ipAddress userAgent before after recordedAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   },
   {
    "name": "filter",
    "target": [
     "filter"
    ],
    "type": {
     "type": "ActivityFilter"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownActivity,
   "fields": {}
  }
 },
 {
  "operation": "cardDefinitionList",
  "method": "GET",
  "path": "/v3/card-definitions",
  "status": 200,
  "document": "query cardDefinitionList($limit:Int$cursor:String){cardDefinitions(first:$limit after:$cursor){nodes{...CardDefinition}pageInfo{hasNextPage endCursor}}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownCardDefinition,
   "fields": {}
  }
 },
 {
  "operation": "cardDefinitionCreate",
  "method": "POST",
  "path": "/v3/card-definitions",
  "status": 201,
  "document": "mutation cardDefinitionCreate($input:CardDefinitionCreateInput!){cardDefinitionCreate(input:$input){cardDefinition{...CardDefinition}userErrors{code message field}}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "CardDefinitionCreateInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "cardDefinition",
   "shape": shownCardDefinition
  }
 },
 {
  "operation": "cardDefinitionGet",
  "method": "GET",
  "path": "/v3/card-definitions/{id}",
  "status": 200,
  "document": "query cardDefinitionGet($id:ID!){cardDefinition(id:$id){...CardDefinition}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownCardDefinition
 },
 {
  "operation": "cardDefinitionUpdate",
  "method": "PATCH",
  "path": "/v3/card-definitions/{id}",
  "status": 200,
  "document": "mutation cardDefinitionUpdate($input:CardDefinitionUpdateInput!){cardDefinitionUpdate(input:$input){cardDefinition{...CardDefinition}userErrors{code message field}}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "CardDefinitionUpdateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "cardDefinition",
   "shape": shownCardDefinition
  }
 },
 {
  "operation": "cardDefinitionDelete",
  "method": "DELETE",
  "path": "/v3/card-definitions/{id}",
  "status": 200,
  "document": "mutation cardDefinitionDelete($input:CardDefinitionDeleteInput!){cardDefinitionDelete(input:$input){cardDefinition{...CardDefinition}userErrors{code message field}}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "version",
    "target": [
     "input",
     "version"
    ],
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "idempotency_key",
    "target": [
     "input",
     "idempotencyKey"
    ],
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "cardDefinition",
   "shape": shownCardDefinition
  }
 },
 {
  "operation": "cardDefinitionActivate",
  "method": "POST",
  "path": "/v3/card-definitions/{id}/activate",
  "status": 200,
  "document": "mutation cardDefinitionActivate($input:CardDefinitionActivateInput!){cardDefinitionActivate(input:$input){cardDefinition{...CardDefinition}userErrors{code message field}}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "CardDefinitionActivateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "cardDefinition",
   "shape": shownCardDefinition
  }
 },
 {
  "operation": "cardDefinitionAuditLogList",
  "method": "GET",
  "path": "/v3/card-definitions/{id}/audit-log",
  "status": 200,
  "document": "query cardDefinitionAuditLogList($id:ID!$limit:Int$cursor:String){cardDefinition(id:$id){activities(first:$limit after:$cursor){nodes{...Activity}pageInfo{hasNextPage endCursor}}}}fragment Activity on Activity{id action subjectId apiKeyId requestId api ipAddress userAgent before after recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "activities",
   "shape": {
    "kind": "PAGE",
    "shape": shownActivity,
    "fields": {}
   }
  }
 },
 {
  "operation": "cardDefinitionDeactivate",
  "method": "POST",
  "path": "/v3/card-definitions/{id}/deactivate",
  "status": 200,
  "document": "mutation cardDefinitionDeactivate($input:CardDefinitionDeactivateInput!){cardDefinitionDeactivate(input:$input){cardDefinition{...CardDefinition}userErrors{code message field}}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "CardDefinitionDeactivateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "cardDefinition",
   "shape": shownCardDefinition
  }
 },
 {
  "operation": "cardDefinitionDraft",
  "method": "POST",
  "path": "/v3/card-definitions/{id}/draft",
  "status": 200,
  "document": "mutation cardDefinitionDraft($input:CardDefinitionDraftInput!){cardDefinitionDraft(input:$input){cardDefinition{...CardDefinition}userErrors{code message field}}}fragment CardDefinition on CardDefinition{id key name status expiration{...PointExpiration}activation{type periodBased{days}fixedDates{calendarDates{day month}}}refundPolicy metadata version createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "CardDefinitionDraftInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "cardDefinition",
   "shape": shownCardDefinition
  }
 },
 {
  "operation": "checkpointList",
  "method": "GET",
  "path": "/v3/checkpoints",
  "status": 200,
  "document": "query checkpointList($limit:Int$cursor:String){checkpoints(first:$limit after:$cursor){nodes{...Checkpoint}pageInfo{hasNextPage endCursor}}}fragment Checkpoint on Checkpoint{sequence statement cardCount createdAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownCheckpoint,
   "fields": {}
  }
 },
 {
  "operation": "configurationGet",
  "method": "GET",
  "path": "/v3/configuration",
  "status": 200,
  "document": "query configurationGet($format:ConfigurationFormat!=YAML){configurationExport(format:$format){format document}}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "format",
    "target": [
     "format"
    ],
    "type": {
     "type": "ConfigurationFormat"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "format": {
     "name": "format",
     "shape": null
    },
    "document": {
     "name": "document",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "configurationApplicationCreate",
  "method": "POST",
  "path": "/v3/configuration/applications",
  "status": 200,
  "document": "mutation configurationApplicationCreate($input:ConfigurationApplyInput!){configurationApply(input:$input){configurationApplication{fingerprint changeCount}userErrors{code message field path line column}}}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "ConfigurationApplyInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "configurationApplication",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "fingerprint": {
      "name": "fingerprint",
      "shape": null
     },
     "changeCount": {
      "name": "change_count",
      "shape": null
     }
    }
   }
  }
 },
 {
  "operation": "configurationPlanCreate",
  "method": "POST",
  "path": "/v3/configuration/plans",
  "status": 200,
  "document": "mutation configurationPlanCreate($input:ConfigurationPlanInput!){configurationPlan(input:$input){configurationPlan{fingerprint changes{action object key fields{field before after}}}userErrors{code message field path line column}}}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "ConfigurationPlanInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "configurationPlan",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "fingerprint": {
      "name": "fingerprint",
      "shape": null
     },
     "changes": {
      "name": "changes",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "action": {
         "name": "action",
         "shape": null
        },
        "object": {
         "name": "object",
         "shape": null
        },
        "key": {
         "name": "key",
         "shape": null
        },
        "fields": {
         "name": "fields",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "field": {
            "name": "field",
            "shape": null
           },
           "before": {
            "name": "before",
            "shape": null
           },
           "after": {
            "name": "after",
            "shape": null
           }
          }
         }
        }
       }
      }
     }
    }
   }
  }
 },
 {
  "operation": "customerList",
  "method": "GET",
  "path": "/v3/customers",
  "status": 200,
  "document": "query customerList($limit:Int$cursor:String){customers(first:$limit after:$cursor){nodes{...Customer}pageInfo{hasNextPage endCursor}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownCustomer,
   "fields": {}
  }
 },
 {
  "operation": "customerUpsert",
  "method": "POST",
  "path": "/v3/customers",
  "status": 200,
  "document": "mutation customerUpsert($input:CustomerUpsertInput!){customerUpsert(input:$input){customer{...Customer}userErrors{code message field}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "CustomerUpsertInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "customer",
   "shape": shownCustomer
  }
 },
 {
  "operation": "customerGet",
  "method": "GET",
  "path": "/v3/customers/{id}",
  "status": 200,
  "document": "query customerGet($by:CustomerReference!){customer(by:$by){...Customer}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownCustomer
 },
 {
  "operation": "customerCardList",
  "method": "GET",
  "path": "/v3/customers/{id}/cards",
  "status": 200,
  "document": "query customerCardList($by:CustomerReference!){customer(by:$by){cards{...Card}}}fragment Card on Card{id cardDefinitionId:cardDefinition{id}balance pendingBalance lots{points expiresOn expiresAt sliding earnedAt}pendingPoints{points transactionId:transaction{id}earnedAt activatesAt expiresOn}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": {
   "kind": "LIST",
   "shape": {
    "kind": "FLAT",
    "field": "cards",
    "shape": shownCard
   }
  }
 },
 {
  "operation": "customerLedgerEntryList",
  "method": "GET",
  "path": "/v3/customers/{id}/ledger-entries",
  "status": 200,
  "document": "query customerLedgerEntryList($by:CustomerReference!$limit:Int$cursor:String){customer(by:$by){ledgerEntries(first:$limit after:$cursor){nodes{...LedgerEntry}pageInfo{hasNextPage endCursor}}}}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "ledgerEntries",
   "shape": {
    "kind": "PAGE",
    "shape": shownLedgerEntry,
    "fields": {}
   }
  }
 },
 {
  "operation": "customerOperationList",
  "method": "GET",
  "path": "/v3/customers/{id}/operations",
  "status": 200,
  "document": "query customerOperationList($by:CustomerReference!$limit:Int$cursor:String){customer(by:$by){operations(first:$limit after:$cursor){nodes{...Operation}pageInfo{hasNextPage endCursor}}}}fragment Operation on Operation{__typename id customerId:customer{id}source reference reason metadata occurredAt recordedAt ...on Spend{cardDefinitionId:cardDefinition{id}points reversedPoints}...on SpendReversal{cardDefinitionId:cardDefinition{id}spendId:spend{id}points available expired}...on Refund{transactionId:transaction{id}amount currency revokedPoints cancelledPendingPoints expiredPoints shortfall}...on Adjustment{cardDefinitionId:cardDefinition{id}points qualifying}...on Transfer{cardDefinitionId:cardDefinition{id}toCustomerId:to{id}points}...on CustomerActivity{type}...on Redemption{cardDefinitionId:cardDefinition{id}rewardId:reward{id}points status}...on RedemptionCancellation{cardDefinitionId:cardDefinition{id}redemptionId:redemption{id}points available expired}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "operations",
   "shape": {
    "kind": "PAGE",
    "shape": shownOperation,
    "fields": {}
   }
  }
 },
 {
  "operation": "customerRedemptionList",
  "method": "GET",
  "path": "/v3/customers/{id}/redemptions",
  "status": 200,
  "document": "query customerRedemptionList($by:CustomerReference!$limit:Int$cursor:String){customer(by:$by){redemptions(first:$limit after:$cursor){nodes{...Redemption}pageInfo{hasNextPage endCursor}}}}fragment Redemption on Redemption{id customerId:customer{id}rewardId:reward{id}status grantId:grant{id}cardDefinitionId:cardDefinition{id}points allocations{points expiresOn expiresAt}proofExpiresAt confirmedAt cancelledAt source reference reason metadata occurredAt recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "redemptions",
   "shape": {
    "kind": "PAGE",
    "shape": shownRedemption,
    "fields": {}
   }
  }
 },
 {
  "operation": "customerRewardGrantList",
  "method": "GET",
  "path": "/v3/customers/{id}/reward-grants",
  "status": 200,
  "document": "query customerRewardGrantList($by:CustomerReference!$limit:Int$cursor:String){customer(by:$by){rewardGrants(first:$limit after:$cursor){nodes{...RewardGrant}pageInfo{hasNextPage endCursor}}}}fragment RewardGrant on RewardGrant{id customerId:customer{id}rewardId:reward{id}transactionId:transaction{id}status redemptionId:redemption{id}grantedAt expiresAt revokedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "rewardGrants",
   "shape": {
    "kind": "PAGE",
    "shape": shownRewardGrant,
    "fields": {}
   }
  }
 },
 {
  "operation": "customerRewardList",
  "method": "GET",
  "path": "/v3/customers/{id}/rewards",
  "status": 200,
  "document": "query customerRewardList($by:CustomerReference!){customer(by:$by){rewards{...RewardOffer}}}fragment RewardOffer on RewardOffer{reward{id type name cost stock}redeemable grantId:grant{id}obstacles{code message available limit}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": {
   "kind": "LIST",
   "shape": {
    "kind": "FLAT",
    "field": "rewards",
    "shape": shownRewardOffer
   }
  }
 },
 {
  "operation": "customerSnapshotGet",
  "method": "GET",
  "path": "/v3/customers/{id}/snapshot",
  "status": 200,
  "document": "query customerSnapshotGet($by:CustomerReference!$at:DateTime!$knownAt:DateTime){customer(by:$by){asOf(at:$at knownAt:$knownAt){...CustomerSnapshot}}}fragment CustomerSnapshot on CustomerSnapshot{at knownAt points tier{name}tiers{...TierMembership}cards{cardDefinitionId:cardDefinition{id}balance pendingBalance lots{points expiresOn expiresAt sliding earnedAt}}}fragment TierMembership on TierMembership{tierStructure{id name}tier{id name}since expiresAt graceEndsAt revision measure windowStartsAt windowEndsAt deferred{tier{id name}effectiveAt}opportunities{tier{id name}missingPoints validUntil}risk{type at on fromTier{id name}toTier{id name}}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "at",
    "target": [
     "at"
    ],
    "type": {
     "type": "DateTime"
    }
   },
   {
    "name": "known_at",
    "target": [
     "knownAt"
    ],
    "type": {
     "type": "DateTime"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "asOf",
   "shape": shownCustomerSnapshot
  }
 },
 {
  "operation": "customerTierTransitionList",
  "method": "GET",
  "path": "/v3/customers/{id}/tier-transitions",
  "status": 200,
  "document": "query customerTierTransitionList($by:CustomerReference!$limit:Int$cursor:String){customer(by:$by){tierTransitions(first:$limit after:$cursor){nodes{...TierTransition}pageInfo{hasNextPage endCursor}}}}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "tierTransitions",
   "shape": {
    "kind": "PAGE",
    "shape": shownTierTransition,
    "fields": {}
   }
  }
 },
 {
  "operation": "customerTierList",
  "method": "GET",
  "path": "/v3/customers/{id}/tiers",
  "status": 200,
  "document": "query customerTierList($by:CustomerReference!){customer(by:$by){tiers{...TierMembership}}}fragment TierMembership on TierMembership{tierStructure{id name}tier{id name}since expiresAt graceEndsAt revision measure windowStartsAt windowEndsAt deferred{tier{id name}effectiveAt}opportunities{tier{id name}missingPoints validUntil}risk{type at on fromTier{id name}toTier{id name}}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": {
   "kind": "LIST",
   "shape": {
    "kind": "FLAT",
    "field": "tiers",
    "shape": shownTierMembership
   }
  }
 },
 {
  "operation": "customerTierExplanationGet",
  "method": "GET",
  "path": "/v3/customers/{id}/tiers/{tier_structure_id}/explanation",
  "status": 200,
  "document": "query customerTierExplanationGet($by:CustomerReference!$tierStructureId:ID!$at:DateTime$last:Int!=10){customer(by:$by){tierExplanation(tierStructureId:$tierStructureId at:$at){tierStructureId:tierStructure{id}at tier{id name}judgementCount judgements(last:$last){occurredAt reason revision{number}measure windowStartsAt windowEndsAt steps{rule outcome message revision}transition tierBefore{id name}tierAfter{id name}}}}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "CustomerReference"
    }
   },
   {
    "name": "tier_structure_id",
    "target": [
     "tierStructureId"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "at",
    "target": [
     "at"
    ],
    "type": {
     "type": "DateTime"
    }
   },
   {
    "name": "last",
    "target": [
     "last"
    ],
    "type": {
     "type": "Int"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "tierExplanation",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "tierStructureId": {
      "name": "tier_structure_id",
      "shape": {
       "kind": "FLAT",
       "field": "id",
       "shape": null
      }
     },
     "at": {
      "name": "at",
      "shape": null
     },
     "tier": {
      "name": "tier",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "id": {
         "name": "id",
         "shape": null
        },
        "name": {
         "name": "name",
         "shape": null
        }
       }
      }
     },
     "judgementCount": {
      "name": "judgement_count",
      "shape": null
     },
     "judgements": {
      "name": "judgements",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "occurredAt": {
         "name": "occurred_at",
         "shape": null
        },
        "reason": {
         "name": "reason",
         "shape": null
        },
        "revision": {
         "name": "revision",
         "shape": {
          "kind": "FLAT",
          "field": "number",
          "shape": null
         }
        },
        "measure": {
         "name": "measure",
         "shape": null
        },
        "windowStartsAt": {
         "name": "window_starts_at",
         "shape": null
        },
        "windowEndsAt": {
         "name": "window_ends_at",
         "shape": null
        },
        "steps": {
         "name": "steps",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "rule": {
            "name": "rule",
            "shape": null
           },
           "outcome": {
            "name": "outcome",
            "shape": null
           },
           "message": {
            "name": "message",
            "shape": null
           },
           "revision": {
            "name": "revision",
            "shape": null
           }
          }
         }
        },
        "transition": {
         "name": "transition",
         "shape": null
        },
        "tierBefore": {
         "name": "tier_before",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "id": {
            "name": "id",
            "shape": null
           },
           "name": {
            "name": "name",
            "shape": null
           }
          }
         }
        },
        "tierAfter": {
         "name": "tier_after",
         "shape": {
          "kind": "OBJECT",
          "fields": {
           "id": {
            "name": "id",
            "shape": null
           },
           "name": {
            "name": "name",
            "shape": null
           }
          }
         }
        }
       }
      }
     }
    }
   }
  }
 },
 {
  "operation": "earnRuleList",
  "method": "GET",
  "path": "/v3/earn-rules",
  "status": 200,
  "document": "query earnRuleList($limit:Int$cursor:String){earnRules(first:$limit after:$cursor){nodes{...EarnRule}pageInfo{hasNextPage endCursor}}}fragment EarnRule on EarnRule{id key name cardDefinitionId:cardDefinition{id}currentVersion{...EarnRuleVersion}retiredAt version createdAt updatedAt}fragment EarnRuleVersion on EarnRuleVersion{id number effectiveAt rates{currency value every}condition rounding roundingScope tierMultipliers{tierId multiplier}caps{perTransaction perPeriod{unit points}balance}expiration{...PointExpiration}publishedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownEarnRule,
   "fields": {}
  }
 },
 {
  "operation": "earnRuleCreate",
  "method": "POST",
  "path": "/v3/earn-rules",
  "status": 201,
  "document": "mutation earnRuleCreate($input:EarnRuleCreateInput!){earnRuleCreate(input:$input){earnRule{...EarnRule}userErrors{code message field}}}fragment EarnRule on EarnRule{id key name cardDefinitionId:cardDefinition{id}currentVersion{...EarnRuleVersion}retiredAt version createdAt updatedAt}fragment EarnRuleVersion on EarnRuleVersion{id number effectiveAt rates{currency value every}condition rounding roundingScope tierMultipliers{tierId multiplier}caps{perTransaction perPeriod{unit points}balance}expiration{...PointExpiration}publishedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "EarnRuleCreateInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "earnRule",
   "shape": shownEarnRule
  }
 },
 {
  "operation": "earnRuleGet",
  "method": "GET",
  "path": "/v3/earn-rules/{id}",
  "status": 200,
  "document": "query earnRuleGet($id:ID!){earnRule(id:$id){...EarnRule}}fragment EarnRule on EarnRule{id key name cardDefinitionId:cardDefinition{id}currentVersion{...EarnRuleVersion}retiredAt version createdAt updatedAt}fragment EarnRuleVersion on EarnRuleVersion{id number effectiveAt rates{currency value every}condition rounding roundingScope tierMultipliers{tierId multiplier}caps{perTransaction perPeriod{unit points}balance}expiration{...PointExpiration}publishedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownEarnRule
 },
 {
  "operation": "earnRuleUpdate",
  "method": "PATCH",
  "path": "/v3/earn-rules/{id}",
  "status": 200,
  "document": "mutation earnRuleUpdate($input:EarnRuleUpdateInput!){earnRuleUpdate(input:$input){earnRule{...EarnRule}userErrors{code message field}}}fragment EarnRule on EarnRule{id key name cardDefinitionId:cardDefinition{id}currentVersion{...EarnRuleVersion}retiredAt version createdAt updatedAt}fragment EarnRuleVersion on EarnRuleVersion{id number effectiveAt rates{currency value every}condition rounding roundingScope tierMultipliers{tierId multiplier}caps{perTransaction perPeriod{unit points}balance}expiration{...PointExpiration}publishedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "EarnRuleUpdateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "earnRule",
   "shape": shownEarnRule
  }
 },
 {
  "operation": "earnRuleAuditLogList",
  "method": "GET",
  "path": "/v3/earn-rules/{id}/audit-log",
  "status": 200,
  "document": "query earnRuleAuditLogList($id:ID!$limit:Int$cursor:String){earnRule(id:$id){activities(first:$limit after:$cursor){nodes{...Activity}pageInfo{hasNextPage endCursor}}}}fragment Activity on Activity{id action subjectId apiKeyId requestId api ipAddress userAgent before after recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "activities",
   "shape": {
    "kind": "PAGE",
    "shape": shownActivity,
    "fields": {}
   }
  }
 },
 {
  "operation": "earnRuleRetire",
  "method": "POST",
  "path": "/v3/earn-rules/{id}/retire",
  "status": 200,
  "document": "mutation earnRuleRetire($input:EarnRuleRetireInput!){earnRuleRetire(input:$input){earnRule{...EarnRule}userErrors{code message field}}}fragment EarnRule on EarnRule{id key name cardDefinitionId:cardDefinition{id}currentVersion{...EarnRuleVersion}retiredAt version createdAt updatedAt}fragment EarnRuleVersion on EarnRuleVersion{id number effectiveAt rates{currency value every}condition rounding roundingScope tierMultipliers{tierId multiplier}caps{perTransaction perPeriod{unit points}balance}expiration{...PointExpiration}publishedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "EarnRuleRetireInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "earnRule",
   "shape": shownEarnRule
  }
 },
 {
  "operation": "earnRulePublish",
  "method": "POST",
  "path": "/v3/earn-rules/{id}/versions",
  "status": 201,
  "document": "mutation earnRulePublish($input:EarnRulePublishInput!){earnRulePublish(input:$input){earnRule{...EarnRule}userErrors{code message field}}}fragment EarnRule on EarnRule{id key name cardDefinitionId:cardDefinition{id}currentVersion{...EarnRuleVersion}retiredAt version createdAt updatedAt}fragment EarnRuleVersion on EarnRuleVersion{id number effectiveAt rates{currency value every}condition rounding roundingScope tierMultipliers{tierId multiplier}caps{perTransaction perPeriod{unit points}balance}expiration{...PointExpiration}publishedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "EarnRulePublishInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "earnRule",
   "shape": shownEarnRule
  }
 },
 {
  "operation": "eventList",
  "method": "GET",
  "path": "/v3/events",
  "status": 200,
  "document": "query eventList($filter:EventFilter$limit:Int$cursor:String){events(filter:$filter first:$limit after:$cursor){nodes{id type:name created:recordedAt occurredAt customerId sequence cause{requestId command apiKeyId}data:dataJson}pageInfo{hasNextPage endCursor}}}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "filter",
    "target": [
     "filter"
    ],
    "type": {
     "type": "EventFilter"
    }
   },
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     },
     "type": {
      "name": "type",
      "shape": null
     },
     "created": {
      "name": "created",
      "shape": null
     },
     "occurredAt": {
      "name": "occurred_at",
      "shape": null
     },
     "customerId": {
      "name": "customer_id",
      "shape": null
     },
     "sequence": {
      "name": "sequence",
      "shape": null
     },
     "cause": {
      "name": "cause",
      "shape": {
       "kind": "OBJECT",
       "fields": {
        "requestId": {
         "name": "request_id",
         "shape": null
        },
        "command": {
         "name": "command",
         "shape": null
        },
        "apiKeyId": {
         "name": "api_key_id",
         "shape": null
        }
       }
      }
     },
     "data": {
      "name": "data",
      "shape": null
     }
    }
   },
   "fields": {}
  }
 },
 {
  "operation": "ledgerEntryGet",
  "method": "GET",
  "path": "/v3/ledger-entries/{id}",
  "status": 200,
  "document": "query ledgerEntryGet($id:ID!){node(id:$id){...on LedgerEntry{...LedgerEntry explanation{rule message}}}}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "id": {
     "name": "id",
     "shape": null
    },
    "customerId": {
     "name": "customer_id",
     "shape": {
      "kind": "FLAT",
      "field": "id",
      "shape": null
     }
    },
    "cardId": {
     "name": "card_id",
     "shape": {
      "kind": "FLAT",
      "field": "id",
      "shape": null
     }
    },
    "type": {
     "name": "type",
     "shape": null
    },
    "sequence": {
     "name": "sequence",
     "shape": null
    },
    "points": {
     "name": "points",
     "shape": null
    },
    "pending": {
     "name": "pending",
     "shape": null
    },
    "balanceAfter": {
     "name": "balance_after",
     "shape": null
    },
    "transactionId": {
     "name": "transaction_id",
     "shape": {
      "kind": "FLAT",
      "field": "id",
      "shape": null
     }
    },
    "operationId": {
     "name": "operation_id",
     "shape": {
      "kind": "FLAT",
      "field": "id",
      "shape": null
     }
    },
    "earnRuleVersionId": {
     "name": "earn_rule_version_id",
     "shape": {
      "kind": "FLAT",
      "field": "id",
      "shape": null
     }
    },
    "tierId": {
     "name": "tier_id",
     "shape": {
      "kind": "FLAT",
      "field": "id",
      "shape": null
     }
    },
    "activatesAt": {
     "name": "activates_at",
     "shape": null
    },
    "expiresAt": {
     "name": "expires_at",
     "shape": null
    },
    "occurredAt": {
     "name": "occurred_at",
     "shape": null
    },
    "recordedAt": {
     "name": "recorded_at",
     "shape": null
    },
    "explanation": {
     "name": "explanation",
     "shape": {
      "kind": "OBJECT",
      "fields": {
       "rule": {
        "name": "rule",
        "shape": null
       },
       "message": {
        "name": "message",
        "shape": null
       }
      }
     }
    }
   }
  }
 },
 {
  "operation": "operationGet",
  "method": "GET",
  "path": "/v3/operations/{id}",
  "status": 200,
  "document": "query operationGet($id:ID!){node(id:$id){...Operation}}fragment Operation on Operation{__typename id customerId:customer{id}source reference reason metadata occurredAt recordedAt ...on Spend{cardDefinitionId:cardDefinition{id}points reversedPoints}...on SpendReversal{cardDefinitionId:cardDefinition{id}spendId:spend{id}points available expired}...on Refund{transactionId:transaction{id}amount currency revokedPoints cancelledPendingPoints expiredPoints shortfall}...on Adjustment{cardDefinitionId:cardDefinition{id}points qualifying}...on Transfer{cardDefinitionId:cardDefinition{id}toCustomerId:to{id}points}...on CustomerActivity{type}...on Redemption{cardDefinitionId:cardDefinition{id}rewardId:reward{id}points status}...on RedemptionCancellation{cardDefinitionId:cardDefinition{id}redemptionId:redemption{id}points available expired}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownOperation
 },
 {
  "operation": "rateLimitGet",
  "method": "GET",
  "path": "/v3/rate-limit",
  "status": 200,
  "document": "query rateLimitGet{rateLimit{cost maximumCost limit remaining restoreRate ceiling resetAt apiKey{limit remaining restoreRate ceiling resetAt}}}",
  "pathParameters": [],
  "queryParameters": [],
  "body": null,
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "cost": {
     "name": "cost",
     "shape": null
    },
    "maximumCost": {
     "name": "maximum_cost",
     "shape": null
    },
    "limit": {
     "name": "limit",
     "shape": null
    },
    "remaining": {
     "name": "remaining",
     "shape": null
    },
    "restoreRate": {
     "name": "restore_rate",
     "shape": null
    },
    "ceiling": {
     "name": "ceiling",
     "shape": null
    },
    "resetAt": {
     "name": "reset_at",
     "shape": null
    },
    "apiKey": {
     "name": "api_key",
     "shape": {
      "kind": "OBJECT",
      "fields": {
       "limit": {
        "name": "limit",
        "shape": null
       },
       "remaining": {
        "name": "remaining",
        "shape": null
       },
       "restoreRate": {
        "name": "restore_rate",
        "shape": null
       },
       "ceiling": {
        "name": "ceiling",
        "shape": null
       },
       "resetAt": {
        "name": "reset_at",
        "shape": null
       }
      }
     }
    }
   }
  }
 },
 {
  "operation": "redemptionConfirm",
  "method": "POST",
  "path": "/v3/redemptions/confirm",
  "status": 200,
  "document": "mutation redemptionConfirm($input:RedemptionConfirmInput!){redemptionConfirm(input:$input){redemption{...Redemption}userErrors{code message field}}}fragment Redemption on Redemption{id customerId:customer{id}rewardId:reward{id}status grantId:grant{id}cardDefinitionId:cardDefinition{id}points allocations{points expiresOn expiresAt}proofExpiresAt confirmedAt cancelledAt source reference reason metadata occurredAt recordedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RedemptionConfirmInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "redemption",
   "shape": shownRedemption
  }
 },
 {
  "operation": "redemptionCancel",
  "method": "POST",
  "path": "/v3/redemptions/{id}/cancellations",
  "status": 200,
  "document": "mutation redemptionCancel($input:RedemptionCancelInput!){redemptionCancel(input:$input){customer{...Customer}cancellation{...RedemptionCancellation}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}duplicate userErrors{code message field}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment RedemptionCancellation on RedemptionCancellation{id customerId:customer{id}redemptionId:redemption{id}cardDefinitionId:cardDefinition{id}points available expired source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "redemption"
    ],
    "type": {
     "type": "RedemptionReference"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RedemptionCancelInput",
   "without": [
    "redemption"
   ]
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "cancellation": {
     "name": "cancellation",
     "shape": shownRedemptionCancellation
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "rewardList",
  "method": "GET",
  "path": "/v3/rewards",
  "status": 200,
  "document": "query rewardList($limit:Int$cursor:String){rewards(first:$limit after:$cursor){nodes{...Reward}pageInfo{hasNextPage endCursor}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownReward,
   "fields": {}
  }
 },
 {
  "operation": "rewardCreate",
  "method": "POST",
  "path": "/v3/rewards",
  "status": 201,
  "document": "mutation rewardCreate($input:RewardCreateInput!){rewardCreate(input:$input){reward{...Reward}userErrors{code message field}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RewardCreateInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "reward",
   "shape": shownReward
  }
 },
 {
  "operation": "rewardGet",
  "method": "GET",
  "path": "/v3/rewards/{id}",
  "status": 200,
  "document": "query rewardGet($id:ID!){reward(id:$id){...Reward}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownReward
 },
 {
  "operation": "rewardUpdate",
  "method": "PATCH",
  "path": "/v3/rewards/{id}",
  "status": 200,
  "document": "mutation rewardUpdate($input:RewardUpdateInput!){rewardUpdate(input:$input){reward{...Reward}userErrors{code message field}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RewardUpdateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "reward",
   "shape": shownReward
  }
 },
 {
  "operation": "rewardDelete",
  "method": "DELETE",
  "path": "/v3/rewards/{id}",
  "status": 200,
  "document": "mutation rewardDelete($input:RewardDeleteInput!){rewardDelete(input:$input){reward{...Reward}userErrors{code message field}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "version",
    "target": [
     "input",
     "version"
    ],
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "idempotency_key",
    "target": [
     "input",
     "idempotencyKey"
    ],
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "reward",
   "shape": shownReward
  }
 },
 {
  "operation": "rewardActivate",
  "method": "POST",
  "path": "/v3/rewards/{id}/activate",
  "status": 200,
  "document": "mutation rewardActivate($input:RewardActivateInput!){rewardActivate(input:$input){reward{...Reward}userErrors{code message field}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RewardActivateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "reward",
   "shape": shownReward
  }
 },
 {
  "operation": "rewardAuditLogList",
  "method": "GET",
  "path": "/v3/rewards/{id}/audit-log",
  "status": 200,
  "document": "query rewardAuditLogList($id:ID!$limit:Int$cursor:String){reward(id:$id){activities(first:$limit after:$cursor){nodes{...Activity}pageInfo{hasNextPage endCursor}}}}fragment Activity on Activity{id action subjectId apiKeyId requestId api ipAddress userAgent before after recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "activities",
   "shape": {
    "kind": "PAGE",
    "shape": shownActivity,
    "fields": {}
   }
  }
 },
 {
  "operation": "rewardDeactivate",
  "method": "POST",
  "path": "/v3/rewards/{id}/deactivate",
  "status": 200,
  "document": "mutation rewardDeactivate($input:RewardDeactivateInput!){rewardDeactivate(input:$input){reward{...Reward}userErrors{code message field}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RewardDeactivateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "reward",
   "shape": shownReward
  }
 },
 {
  "operation": "rewardDraft",
  "method": "POST",
  "path": "/v3/rewards/{id}/draft",
  "status": 200,
  "document": "mutation rewardDraft($input:RewardDraftInput!){rewardDraft(input:$input){reward{...Reward}userErrors{code message field}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RewardDraftInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "reward",
   "shape": shownReward
  }
 },
 {
  "operation": "rewardRedeem",
  "method": "POST",
  "path": "/v3/rewards/{id}/redeem",
  "status": 200,
  "document": "mutation rewardRedeem($input:RewardRedeemInput!){rewardRedeem(input:$input){customer{...Customer}redemption{...Redemption}proof receipt{locale text}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}duplicate userErrors{code message field available limit}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment Redemption on Redemption{id customerId:customer{id}rewardId:reward{id}status grantId:grant{id}cardDefinitionId:cardDefinition{id}points allocations{points expiresOn expiresAt}proofExpiresAt confirmedAt cancelledAt source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "rewardId"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RewardRedeemInput",
   "without": [
    "rewardId"
   ]
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "redemption": {
     "name": "redemption",
     "shape": shownRedemption
    },
    "proof": {
     "name": "proof",
     "shape": null
    },
    "receipt": {
     "name": "receipt",
     "shape": {
      "kind": "OBJECT",
      "fields": {
       "locale": {
        "name": "locale",
        "shape": null
       },
       "text": {
        "name": "text",
        "shape": null
       }
      }
     }
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "rewardStockAdjust",
  "method": "POST",
  "path": "/v3/rewards/{id}/stock-adjustments",
  "status": 200,
  "document": "mutation rewardStockAdjust($input:RewardStockAdjustInput!){rewardStockAdjust(input:$input){reward{...Reward}userErrors{code message field}}}fragment Reward on Reward{id key name type description status cardDefinitionId:cardDefinition{id}cost stock limits{perMember perPeriod{unit count}}tierIds:tiers{id}condition validFrom validUntil proofValidMinutes trigger{type everyNthVisit{visits}pointBalance{cardDefinitionId:cardDefinition{id}points}pointEarned{cardDefinitionId:cardDefinition{id}points unit}}grantValidity{value unit}defaultLocale receipts{locale template}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RewardStockAdjustInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "reward",
   "shape": shownReward
  }
 },
 {
  "operation": "signingKeyList",
  "method": "GET",
  "path": "/v3/signing-keys",
  "status": 200,
  "document": "query signingKeyList($limit:Int$cursor:String){signingKeys(first:$limit after:$cursor){nodes{...SigningKey}pageInfo{hasNextPage endCursor}}}fragment SigningKey on SigningKey{id publicJwk createdAt retiredAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownSigningKey,
   "fields": {}
  }
 },
 {
  "operation": "signingKeyRotate",
  "method": "POST",
  "path": "/v3/signing-keys/rotate",
  "status": 200,
  "document": "mutation signingKeyRotate($input:SigningKeyRotateInput!){signingKeyRotate(input:$input){signingKey{...SigningKey}replacedSigningKey{...SigningKey}userErrors{code message field}}}fragment SigningKey on SigningKey{id publicJwk createdAt retiredAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "SigningKeyRotateInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "signingKey": {
     "name": "signing_key",
     "shape": shownSigningKey
    },
    "replacedSigningKey": {
     "name": "replaced_signing_key",
     "shape": shownSigningKey
    }
   }
  }
 },
 {
  "operation": "spendCreate",
  "method": "POST",
  "path": "/v3/spends",
  "status": 200,
  "document": "mutation spendCreate($input:SpendInput!){spend(input:$input){customer{...Customer}spend{...Spend}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}duplicate userErrors{code message field available}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment Spend on Spend{id customerId:customer{id}cardDefinitionId:cardDefinition{id}points reversedPoints allocations{points expiresOn expiresAt}source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "SpendInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "spend": {
     "name": "spend",
     "shape": shownSpend
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "spendReversalCreate",
  "method": "POST",
  "path": "/v3/spends/{id}/reversals",
  "status": 200,
  "document": "mutation spendReversalCreate($input:SpendReverseInput!){spendReverse(input:$input){customer{...Customer}spendReversal{...SpendReversal}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}duplicate userErrors{code message field}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment SpendReversal on SpendReversal{id customerId:customer{id}cardDefinitionId:cardDefinition{id}spendId:spend{id}points available expired source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "spend"
    ],
    "type": {
     "type": "SpendReference"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "SpendReverseInput",
   "without": [
    "spend"
   ]
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "spendReversal": {
     "name": "spend_reversal",
     "shape": shownSpendReversal
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "tierStructureList",
  "method": "GET",
  "path": "/v3/tier-structures",
  "status": 200,
  "document": "query tierStructureList($limit:Int$cursor:String$filter:TierStructureFilter$orderBy:[TierStructureOrder!]){tierStructures(first:$limit after:$cursor filter:$filter orderBy:$orderBy){nodes{...TierRules}pageInfo{hasNextPage endCursor}}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   },
   {
    "name": "filter",
    "target": [
     "filter"
    ],
    "type": {
     "type": "TierStructureFilter"
    }
   },
   {
    "name": "order_by",
    "target": [
     "orderBy"
    ],
    "type": {
     "type": "TierStructureOrder",
     "list": true
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownTierRules,
   "fields": {}
  }
 },
 {
  "operation": "tierStructureCreate",
  "method": "POST",
  "path": "/v3/tier-structures",
  "status": 201,
  "document": "mutation tierStructureCreate($input:TierStructureCreateInput!){tierStructureCreate(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierStructureCreateInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierStructureGet",
  "method": "GET",
  "path": "/v3/tier-structures/{id}",
  "status": 200,
  "document": "query tierStructureGet($id:ID!){tierStructure(id:$id){...TierStructure}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownTierStructure
 },
 {
  "operation": "tierStructureUpdate",
  "method": "PATCH",
  "path": "/v3/tier-structures/{id}",
  "status": 200,
  "document": "mutation tierStructureUpdate($input:TierStructureUpdateInput!){tierStructureUpdate(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierStructureUpdateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierStructureDelete",
  "method": "DELETE",
  "path": "/v3/tier-structures/{id}",
  "status": 200,
  "document": "mutation tierStructureDelete($input:TierStructureDeleteInput!){tierStructureDelete(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "version",
    "target": [
     "input",
     "version"
    ],
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "idempotency_key",
    "target": [
     "input",
     "idempotencyKey"
    ],
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierStructureActivate",
  "method": "POST",
  "path": "/v3/tier-structures/{id}/activate",
  "status": 200,
  "document": "mutation tierStructureActivate($input:TierStructureActivateInput!){tierStructureActivate(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierStructureActivateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierStructureAuditLogList",
  "method": "GET",
  "path": "/v3/tier-structures/{id}/audit-log",
  "status": 200,
  "document": "query tierStructureAuditLogList($id:ID!$limit:Int$cursor:String){tierStructure(id:$id){activities(first:$limit after:$cursor){nodes{...Activity}pageInfo{hasNextPage endCursor}}}}fragment Activity on Activity{id action subjectId apiKeyId requestId api ipAddress userAgent before after recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "activities",
   "shape": {
    "kind": "PAGE",
    "shape": shownActivity,
    "fields": {}
   }
  }
 },
 {
  "operation": "tierStructureDeactivate",
  "method": "POST",
  "path": "/v3/tier-structures/{id}/deactivate",
  "status": 200,
  "document": "mutation tierStructureDeactivate($input:TierStructureDeactivateInput!){tierStructureDeactivate(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierStructureDeactivateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierStructureDraft",
  "method": "POST",
  "path": "/v3/tier-structures/{id}/draft",
  "status": 200,
  "document": "mutation tierStructureDraft($input:TierStructureDraftInput!){tierStructureDraft(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierStructureDraftInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierStructurePublish",
  "method": "POST",
  "path": "/v3/tier-structures/{id}/publish",
  "status": 200,
  "document": "mutation tierStructurePublish($input:TierStructurePublishInput!){tierStructurePublish(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierStructurePublishInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierStructureRevise",
  "method": "POST",
  "path": "/v3/tier-structures/{id}/revise",
  "status": 201,
  "document": "mutation tierStructureRevise($input:TierStructureReviseInput!){tierStructureRevise(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierStructureReviseInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierCreate",
  "method": "POST",
  "path": "/v3/tier-structures/{tier_structure_id}/tiers",
  "status": 201,
  "document": "mutation tierCreate($input:TierCreateInput!){tierCreate(input:$input){tier{...Tier}userErrors{code message field}}}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "tier_structure_id",
    "target": [
     "input",
     "tierStructureId"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierCreateInput",
   "without": [
    "tierStructureId"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tier",
   "shape": shownTier
  }
 },
 {
  "operation": "tierRulesPublish",
  "method": "PUT",
  "path": "/v3/tiers/rules",
  "status": 200,
  "document": "mutation tierRulesPublish($input:TierRulesPublishInput!){tierRulesPublish(input:$input){tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierRulesPublishInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "tierStructure",
   "shape": shownTierStructure
  }
 },
 {
  "operation": "tierGet",
  "method": "GET",
  "path": "/v3/tiers/{id}",
  "status": 200,
  "document": "query tierGet($id:ID!){node(id:$id){...Tier}}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownTier
 },
 {
  "operation": "tierUpdate",
  "method": "PATCH",
  "path": "/v3/tiers/{id}",
  "status": 200,
  "document": "mutation tierUpdate($input:TierUpdateInput!){tierUpdate(input:$input){tier{...Tier}userErrors{code message field}}}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "TierUpdateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "tier",
   "shape": shownTier
  }
 },
 {
  "operation": "tierDelete",
  "method": "DELETE",
  "path": "/v3/tiers/{id}",
  "status": 200,
  "document": "mutation tierDelete($input:TierDeleteInput!){tierDelete(input:$input){deletedTierId tierStructure{...TierStructure}userErrors{code message field}}}fragment TierStructure on TierStructure{...TierRules revision{number}tiers{...Tier}}fragment TierRules on TierStructure{id key name type status cardDefinitionId metadata pointEarned{period{value unit}type window}expiration{type rollingExpiration{period{value unit}}calendarExpiration{calendarDates{day month}}slidingExpiration{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}downgrade{type gracePeriod{value unit roundUp}}entryAwardScope entryAwardOnRefund draftOf{id}effectiveAt version createdAt updatedAt}fragment Tier on Tier{id key name minPoints maxPoints noDowngrade entryAward{points cardDefinitionId}pointExpiration{...PointExpiration}metadata originId removedAt createdAt updatedAt}fragment PointExpiration on PointExpiration{type rolling{period{value unit}rounding roundingMonth}calendar{calendarDates{day month}}sliding{period{value unit}earningActivity spendingActivity customActivity customActivityTypes}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "version",
    "target": [
     "input",
     "version"
    ],
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "idempotency_key",
    "target": [
     "input",
     "idempotencyKey"
    ],
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "deletedTierId": {
     "name": "deleted_tier_id",
     "shape": null
    },
    "tierStructure": {
     "name": "tier_structure",
     "shape": shownTierStructure
    }
   }
  }
 },
 {
  "operation": "transactionCreate",
  "method": "POST",
  "path": "/v3/transactions",
  "status": 200,
  "document": "mutation transactionCreate($input:EarnInput!){earn(input:$input){customer{...Customer}transaction{...Transaction}awards{...Award}tierTransitions{...TierTransition}rewards{id type name}grants{...RewardGrant}duplicate userErrors{code message field}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment Transaction on Transaction{id customerId:customer{id}source reference amount currency location lines{sku category quantity amount}occurredAt recordedAt}fragment Award on Award{points computedPoints cappedBy activatesAt earnRuleVersionId:earnRuleVersion{id}cardDefinitionId:cardDefinition{id}multiplier expiresAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}fragment RewardGrant on RewardGrant{id customerId:customer{id}rewardId:reward{id}transactionId:transaction{id}status redemptionId:redemption{id}grantedAt expiresAt revokedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "EarnInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "transaction": {
     "name": "transaction",
     "shape": shownTransaction
    },
    "awards": {
     "name": "awards",
     "shape": shownAward
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "rewards": {
     "name": "rewards",
     "shape": {
      "kind": "OBJECT",
      "fields": {
       "id": {
        "name": "id",
        "shape": null
       },
       "type": {
        "name": "type",
        "shape": null
       },
       "name": {
        "name": "name",
        "shape": null
       }
      }
     }
    },
    "grants": {
     "name": "grants",
     "shape": shownRewardGrant
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "transactionGet",
  "method": "GET",
  "path": "/v3/transactions/{id}",
  "status": 200,
  "document": "query transactionGet($by:TransactionReference!){transaction(by:$by){...Transaction}}fragment Transaction on Transaction{id customerId:customer{id}source reference amount currency location lines{sku category quantity amount}occurredAt recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "TransactionReference"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownTransaction
 },
 {
  "operation": "transactionRefundList",
  "method": "GET",
  "path": "/v3/transactions/{id}/refunds",
  "status": 200,
  "document": "query transactionRefundList($by:TransactionReference!$limit:Int$cursor:String){transaction(by:$by){refunds(first:$limit after:$cursor){nodes{...Refund}pageInfo{hasNextPage endCursor}}}}fragment Refund on Refund{id customerId:customer{id}transactionId:transaction{id}amount currency lines{index amount}deductions{earnRuleVersionId:earnRuleVersion{id}cardDefinitionId:cardDefinition{id}points}revokedPoints cancelledPendingPoints expiredPoints shortfall source reference reason metadata occurredAt recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "by"
    ],
    "type": {
     "type": "TransactionReference"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "refunds",
   "shape": {
    "kind": "PAGE",
    "shape": shownRefund,
    "fields": {}
   }
  }
 },
 {
  "operation": "refundCreate",
  "method": "POST",
  "path": "/v3/transactions/{id}/refunds",
  "status": 200,
  "document": "mutation refundCreate($input:RefundInput!){refund(input:$input){customer{...Customer}refund{...Refund}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}revokedGrants{...RewardGrant}duplicate userErrors{code message field}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment Refund on Refund{id customerId:customer{id}transactionId:transaction{id}amount currency lines{index amount}deductions{earnRuleVersionId:earnRuleVersion{id}cardDefinitionId:cardDefinition{id}points}revokedPoints cancelledPendingPoints expiredPoints shortfall source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}fragment RewardGrant on RewardGrant{id customerId:customer{id}rewardId:reward{id}transactionId:transaction{id}status redemptionId:redemption{id}grantedAt expiresAt revokedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "transaction"
    ],
    "type": {
     "type": "TransactionReference"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "RefundInput",
   "without": [
    "transaction"
   ]
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "customer": {
     "name": "customer",
     "shape": shownCustomer
    },
    "refund": {
     "name": "refund",
     "shape": shownRefund
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "revokedGrants": {
     "name": "revoked_grants",
     "shape": shownRewardGrant
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "transferCreate",
  "method": "POST",
  "path": "/v3/transfers",
  "status": 200,
  "document": "mutation transferCreate($input:PointsTransferInput!){pointsTransfer(input:$input){from{...Customer}to{...Customer}transfer{...Transfer}ledgerEntries{...LedgerEntry}tierTransitions{...TierTransition}duplicate userErrors{code message field available}}}fragment Customer on Customer{id externalId name email points tier{name}metadata joinedAt createdAt updatedAt version}fragment Transfer on Transfer{id fromCustomerId:from{id}toCustomerId:to{id}cardDefinitionId:cardDefinition{id}points allocations{points expiresOn expiresAt}source reference reason metadata occurredAt recordedAt}fragment LedgerEntry on LedgerEntry{id customerId:customer{id}cardId:card{id}type sequence points pending balanceAfter transactionId:transaction{id}operationId:operation{id}earnRuleVersionId:earnRuleVersion{id}tierId:tier{id}activatesAt expiresAt occurredAt recordedAt}fragment TierTransition on TierTransition{id customerId:customer{id}type tierStructureId:tierStructure{id}fromTier{id name}toTier{id name}reason measure expiresAt occurredAt recordedAt late retraction}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "PointsTransferInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "from": {
     "name": "from",
     "shape": shownCustomer
    },
    "to": {
     "name": "to",
     "shape": shownCustomer
    },
    "transfer": {
     "name": "transfer",
     "shape": shownTransfer
    },
    "ledgerEntries": {
     "name": "ledger_entries",
     "shape": shownLedgerEntry
    },
    "tierTransitions": {
     "name": "tier_transitions",
     "shape": shownTierTransition
    },
    "duplicate": {
     "name": "duplicate",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "verificationGet",
  "method": "GET",
  "path": "/v3/verification",
  "status": 200,
  "document": "query verificationGet($customerId:ID$limit:Int$cursor:String){verification(customerId:$customerId first:$limit after:$cursor){...Verification}}fragment Verification on Verification{difference{kind customerId cardId tierStructureId rewardId redemptionId rewardGrantId sequence field found expected}customerCount entryCount endCursor}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "customer_id",
    "target": [
     "customerId"
    ],
    "type": {
     "type": "ID"
    }
   },
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": shownVerification
 },
 {
  "operation": "webhookDeliveryList",
  "method": "GET",
  "path": "/v3/webhook-deliveries",
  "status": 200,
  "document": "query webhookDeliveryList($limit:Int$cursor:String$filter:WebhookDeliveryFilter){webhookDeliveries(first:$limit after:$cursor filter:$filter){nodes{...WebhookDelivery}pageInfo{hasNextPage endCursor}}}fragment WebhookDelivery on WebhookDelivery{id webhookEndpoint{id}eventId eventType status test attemptCount nextAttemptAt lastStatusCode lastError replayedAt completedAt createdAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   },
   {
    "name": "filter",
    "target": [
     "filter"
    ],
    "type": {
     "type": "WebhookDeliveryFilter"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownWebhookDelivery,
   "fields": {}
  }
 },
 {
  "operation": "webhookDeliveryGet",
  "method": "GET",
  "path": "/v3/webhook-deliveries/{id}",
  "status": 200,
  "document": "query webhookDeliveryGet($id:ID!){webhookDelivery(id:$id){...WebhookDelivery}}fragment WebhookDelivery on WebhookDelivery{id webhookEndpoint{id}eventId eventType status test attemptCount nextAttemptAt lastStatusCode lastError replayedAt completedAt createdAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownWebhookDelivery
 },
 {
  "operation": "webhookDeliveryAttemptList",
  "method": "GET",
  "path": "/v3/webhook-deliveries/{id}/attempts",
  "status": 200,
  "document": "query webhookDeliveryAttemptList($id:ID!$limit:Int$cursor:String){webhookDelivery(id:$id){attempts(first:$limit after:$cursor){nodes{...WebhookAttempt}pageInfo{hasNextPage endCursor}}}}fragment WebhookAttempt on WebhookAttempt{number startedAt latencyMs statusCode error responseStart}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "attempts",
   "shape": {
    "kind": "PAGE",
    "shape": shownWebhookAttempt,
    "fields": {}
   }
  }
 },
 {
  "operation": "webhookDeliveryReplay",
  "method": "POST",
  "path": "/v3/webhook-deliveries/{id}/replay",
  "status": 200,
  "document": "mutation webhookDeliveryReplay($input:WebhookDeliveryReplayInput!){webhookDeliveryReplay(input:$input){webhookDelivery{...WebhookDelivery}userErrors{code message field}}}fragment WebhookDelivery on WebhookDelivery{id webhookEndpoint{id}eventId eventType status test attemptCount nextAttemptAt lastStatusCode lastError replayedAt completedAt createdAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookDeliveryReplayInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "webhookDelivery",
   "shape": shownWebhookDelivery
  }
 },
 {
  "operation": "webhookEndpointList",
  "method": "GET",
  "path": "/v3/webhook-endpoints",
  "status": 200,
  "document": "query webhookEndpointList($limit:Int$cursor:String){webhookEndpoints(first:$limit after:$cursor){nodes{...WebhookEndpoint}pageInfo{hasNextPage endCursor}}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "PAGE",
   "shape": shownWebhookEndpoint,
   "fields": {}
  }
 },
 {
  "operation": "webhookEndpointCreate",
  "method": "POST",
  "path": "/v3/webhook-endpoints",
  "status": 201,
  "document": "mutation webhookEndpointCreate($input:WebhookEndpointCreateInput!){webhookEndpointCreate(input:$input){webhookEndpoint{...WebhookEndpoint}secret userErrors{code message field}}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookEndpointCreateInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "webhookEndpoint": {
     "name": "webhook_endpoint",
     "shape": shownWebhookEndpoint
    },
    "secret": {
     "name": "secret",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "webhookEndpointGet",
  "method": "GET",
  "path": "/v3/webhook-endpoints/{id}",
  "status": 200,
  "document": "query webhookEndpointGet($id:ID!){webhookEndpoint(id:$id){...WebhookEndpoint}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": null,
  "shape": shownWebhookEndpoint
 },
 {
  "operation": "webhookEndpointUpdate",
  "method": "PATCH",
  "path": "/v3/webhook-endpoints/{id}",
  "status": 200,
  "document": "mutation webhookEndpointUpdate($input:WebhookEndpointUpdateInput!){webhookEndpointUpdate(input:$input){webhookEndpoint{...WebhookEndpoint}userErrors{code message field}}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookEndpointUpdateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "webhookEndpoint",
   "shape": shownWebhookEndpoint
  }
 },
 {
  "operation": "webhookEndpointDelete",
  "method": "DELETE",
  "path": "/v3/webhook-endpoints/{id}",
  "status": 200,
  "document": "mutation webhookEndpointDelete($input:WebhookEndpointDeleteInput!){webhookEndpointDelete(input:$input){webhookEndpoint{...WebhookEndpoint}userErrors{code message field}}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "version",
    "target": [
     "input",
     "version"
    ],
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "idempotency_key",
    "target": [
     "input",
     "idempotencyKey"
    ],
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "webhookEndpoint",
   "shape": shownWebhookEndpoint
  }
 },
 {
  "operation": "webhookEndpointAuditLogList",
  "method": "GET",
  "path": "/v3/webhook-endpoints/{id}/audit-log",
  "status": 200,
  "document": "query webhookEndpointAuditLogList($id:ID!$limit:Int$cursor:String){webhookEndpoint(id:$id){activities(first:$limit after:$cursor){nodes{...Activity}pageInfo{hasNextPage endCursor}}}}fragment Activity on Activity{id action subjectId apiKeyId requestId api ipAddress userAgent before after recordedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [
   {
    "name": "limit",
    "target": [
     "limit"
    ],
    "argument": "first",
    "type": {
     "type": "Int"
    }
   },
   {
    "name": "cursor",
    "target": [
     "cursor"
    ],
    "argument": "after",
    "type": {
     "type": "String"
    }
   }
  ],
  "body": null,
  "shape": {
   "kind": "FLAT",
   "field": "activities",
   "shape": {
    "kind": "PAGE",
    "shape": shownActivity,
    "fields": {}
   }
  }
 },
 {
  "operation": "webhookEndpointEnable",
  "method": "POST",
  "path": "/v3/webhook-endpoints/{id}/enable",
  "status": 200,
  "document": "mutation webhookEndpointEnable($input:WebhookEndpointEnableInput!){webhookEndpointEnable(input:$input){webhookEndpoint{...WebhookEndpoint}userErrors{code message field}}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookEndpointEnableInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "webhookEndpoint",
   "shape": shownWebhookEndpoint
  }
 },
 {
  "operation": "webhookEndpointPause",
  "method": "POST",
  "path": "/v3/webhook-endpoints/{id}/pause",
  "status": 200,
  "document": "mutation webhookEndpointPause($input:WebhookEndpointPauseInput!){webhookEndpointPause(input:$input){webhookEndpoint{...WebhookEndpoint}userErrors{code message field}}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookEndpointPauseInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "webhookEndpoint",
   "shape": shownWebhookEndpoint
  }
 },
 {
  "operation": "webhookEndpointReplay",
  "method": "POST",
  "path": "/v3/webhook-endpoints/{id}/replay",
  "status": 201,
  "document": "mutation webhookEndpointReplay($input:WebhookEndpointReplayInput!){webhookEndpointReplay(input:$input){webhookReplay{id from to scope createdAt}userErrors{code message field}}}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookEndpointReplayInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "webhookReplay",
   "shape": {
    "kind": "OBJECT",
    "fields": {
     "id": {
      "name": "id",
      "shape": null
     },
     "from": {
      "name": "from",
      "shape": null
     },
     "to": {
      "name": "to",
      "shape": null
     },
     "scope": {
      "name": "scope",
      "shape": null
     },
     "createdAt": {
      "name": "created_at",
      "shape": null
     }
    }
   }
  }
 },
 {
  "operation": "webhookEndpointSecretRotate",
  "method": "POST",
  "path": "/v3/webhook-endpoints/{id}/rotate-secret",
  "status": 200,
  "document": "mutation webhookEndpointSecretRotate($input:WebhookEndpointSecretRotateInput!){webhookEndpointSecretRotate(input:$input){webhookEndpoint{...WebhookEndpoint}secret userErrors{code message field}}}fragment WebhookEndpoint on WebhookEndpoint{id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason statusChangedAt secretCreatedAt previousSecretExpiresAt health{failures failingSince pausedUntil disablesAt}metadata version createdAt updatedAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookEndpointSecretRotateInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "webhookEndpoint": {
     "name": "webhook_endpoint",
     "shape": shownWebhookEndpoint
    },
    "secret": {
     "name": "secret",
     "shape": null
    }
   }
  }
 },
 {
  "operation": "webhookEndpointTest",
  "method": "POST",
  "path": "/v3/webhook-endpoints/{id}/test",
  "status": 201,
  "document": "mutation webhookEndpointTest($input:WebhookEndpointTestInput!){webhookEndpointTest(input:$input){webhookDelivery{...WebhookDelivery}userErrors{code message field}}}fragment WebhookDelivery on WebhookDelivery{id webhookEndpoint{id}eventId eventType status test attemptCount nextAttemptAt lastStatusCode lastError replayedAt completedAt createdAt}",
  "pathParameters": [
   {
    "name": "id",
    "target": [
     "input",
     "id"
    ],
    "type": {
     "type": "ID"
    }
   }
  ],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WebhookEndpointTestInput",
   "without": [
    "id"
   ]
  },
  "shape": {
   "kind": "FLAT",
   "field": "webhookDelivery",
   "shape": shownWebhookDelivery
  }
 },
 {
  "operation": "workspaceGet",
  "method": "GET",
  "path": "/v3/workspace",
  "status": 200,
  "document": "query workspaceGet{workspace{...Workspace}}fragment Workspace on Workspace{id name timeZone mode clockFrozenAt backdatingDays eventRetentionDays noticeDays version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": null,
  "shape": shownWorkspace
 },
 {
  "operation": "workspaceUpdate",
  "method": "PATCH",
  "path": "/v3/workspace",
  "status": 200,
  "document": "mutation workspaceUpdate($input:WorkspaceUpdateInput!){workspaceUpdate(input:$input){workspace{...Workspace}userErrors{code message field}}}fragment Workspace on Workspace{id name timeZone mode clockFrozenAt backdatingDays eventRetentionDays noticeDays version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WorkspaceUpdateInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "workspace",
   "shape": shownWorkspace
  }
 },
 {
  "operation": "workspaceClockAdvance",
  "method": "POST",
  "path": "/v3/workspace/clock",
  "status": 200,
  "document": "mutation workspaceClockAdvance($input:WorkspaceClockAdvanceInput!){workspaceClockAdvance(input:$input){workspace{...Workspace}userErrors{code message field}}}fragment Workspace on Workspace{id name timeZone mode clockFrozenAt backdatingDays eventRetentionDays noticeDays version createdAt updatedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WorkspaceClockAdvanceInput",
   "without": []
  },
  "shape": {
   "kind": "FLAT",
   "field": "workspace",
   "shape": shownWorkspace
  }
 },
 {
  "operation": "workspaceCreate",
  "method": "POST",
  "path": "/v3/workspaces",
  "status": 201,
  "document": "mutation workspaceCreate($input:WorkspaceCreateInput!){workspaceCreate(input:$input){workspace{...Workspace}apiKey{...ApiKey}secret userErrors{code message field}}}fragment Workspace on Workspace{id name timeZone mode clockFrozenAt backdatingDays eventRetentionDays noticeDays version createdAt updatedAt}fragment ApiKey on ApiKey{id name lastFour scope createdAt expiresAt revokedAt lastUsedAt}",
  "pathParameters": [],
  "queryParameters": [],
  "body": {
   "variable": "input",
   "type": "WorkspaceCreateInput",
   "without": []
  },
  "shape": {
   "kind": "OBJECT",
   "fields": {
    "workspace": {
     "name": "workspace",
     "shape": shownWorkspace
    },
    "apiKey": {
     "name": "api_key",
     "shape": shownApiKey
    },
    "secret": {
     "name": "secret",
     "shape": null
    }
   }
  }
 }
];

export const restInputObjects: Readonly<Record<string, RestInputObject>> = {
 "ActivityActionFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "ActivityAction"
   },
   "is_not": {
    "name": "isNot",
    "type": "ActivityAction"
   },
   "in": {
    "name": "in",
    "type": "ActivityAction",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "ActivityAction",
    "list": true
   }
  }
 },
 "ActivityFilter": {
  "fields": {
   "action": {
    "name": "action",
    "type": "ActivityActionFilter"
   },
   "subject_id": {
    "name": "subjectId",
    "type": "IdFilter"
   },
   "subject_type": {
    "name": "subjectType",
    "type": "ActivitySubjectTypeFilter"
   },
   "api_key_id": {
    "name": "apiKeyId",
    "type": "IdFilter"
   },
   "api": {
    "name": "api",
    "type": "ApiTypeFilter"
   },
   "ip_address": {
    "name": "ipAddress",
    "type": "ExactTextFilter"
   },
   "request_id": {
    "name": "requestId",
    "type": "ExactTextFilter"
   },
   "recorded_at": {
    "name": "recordedAt",
    "type": "InstantFilter"
   }
  }
 },
 "ActivityRecordInput": {
  "fields": {
   "customer": {
    "name": "customer",
    "type": "CustomerReference",
    "required": true
   },
   "type": {
    "name": "type",
    "type": "String",
    "required": true
   },
   "occurred_at": {
    "name": "occurredAt",
    "type": "DateTime"
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "ActivitySubjectTypeFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "ActivitySubjectType"
   },
   "is_not": {
    "name": "isNot",
    "type": "ActivitySubjectType"
   },
   "in": {
    "name": "in",
    "type": "ActivitySubjectType",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "ActivitySubjectType",
    "list": true
   }
  }
 },
 "ApiKeyCreateInput": {
  "fields": {
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "scope": {
    "name": "scope",
    "type": "ApiKeyScope",
    "required": true
   },
   "expires_at": {
    "name": "expiresAt",
    "type": "DateTime"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "ApiKeyRevokeInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "ApiKeyRotateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "overlap_hours": {
    "name": "overlapHours",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "ApiKeyUseFilter": {
  "fields": {
   "api_key_id": {
    "name": "apiKeyId",
    "type": "IdFilter"
   },
   "api": {
    "name": "api",
    "type": "ApiTypeFilter"
   },
   "ip_address": {
    "name": "ipAddress",
    "type": "ExactTextFilter"
   },
   "used_at": {
    "name": "usedAt",
    "type": "InstantFilter"
   },
   "refused": {
    "name": "refused",
    "type": "Boolean"
   }
  }
 },
 "ApiTypeFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "ApiType"
   },
   "is_not": {
    "name": "isNot",
    "type": "ApiType"
   },
   "in": {
    "name": "in",
    "type": "ApiType",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "ApiType",
    "list": true
   }
  }
 },
 "CalendarDateInput": {
  "fields": {
   "day": {
    "name": "day",
    "type": "Int",
    "required": true
   },
   "month": {
    "name": "month",
    "type": "Int",
    "required": true
   }
  }
 },
 "CalendarPointExpirationInput": {
  "fields": {
   "calendar_dates": {
    "name": "calendarDates",
    "type": "CalendarDateInput",
    "list": true,
    "required": true
   }
  }
 },
 "CalendarTierExpirationInput": {
  "fields": {
   "calendar_dates": {
    "name": "calendarDates",
    "type": "CalendarDateInput",
    "list": true,
    "required": true
   }
  }
 },
 "CardDefinitionActivateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "CardDefinitionCreateInput": {
  "fields": {
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "expiration": {
    "name": "expiration",
    "type": "PointExpirationInput"
   },
   "activation": {
    "name": "activation",
    "type": "PointActivationInput"
   },
   "refund_policy": {
    "name": "refundPolicy",
    "type": "RefundPolicy"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "CardDefinitionDeactivateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "CardDefinitionDraftInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "CardDefinitionUpdateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String"
   },
   "expiration": {
    "name": "expiration",
    "type": "PointExpirationInput"
   },
   "activation": {
    "name": "activation",
    "type": "PointActivationInput"
   },
   "refund_policy": {
    "name": "refundPolicy",
    "type": "RefundPolicy"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "ConfigurationApplyInput": {
  "fields": {
   "document": {
    "name": "document",
    "type": "String",
    "required": true
   },
   "prune": {
    "name": "prune",
    "type": "Boolean"
   },
   "fingerprint": {
    "name": "fingerprint",
    "type": "String",
    "required": true
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "ConfigurationPlanInput": {
  "fields": {
   "document": {
    "name": "document",
    "type": "String",
    "required": true
   },
   "prune": {
    "name": "prune",
    "type": "Boolean"
   }
  }
 },
 "ConfigurationStatusFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "ConfigurationStatus"
   },
   "is_not": {
    "name": "isNot",
    "type": "ConfigurationStatus"
   },
   "in": {
    "name": "in",
    "type": "ConfigurationStatus",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "ConfigurationStatus",
    "list": true
   }
  }
 },
 "CreatedAtFilter": {
  "fields": {
   "before": {
    "name": "before",
    "type": "DateTime"
   },
   "after": {
    "name": "after",
    "type": "DateTime"
   },
   "is": {
    "name": "is",
    "type": "Int"
   },
   "more_than": {
    "name": "moreThan",
    "type": "Int"
   },
   "less_than": {
    "name": "lessThan",
    "type": "Int"
   },
   "has_value": {
    "name": "hasValue",
    "type": "Boolean"
   },
   "is_unknown": {
    "name": "isUnknown",
    "type": "Boolean"
   }
  }
 },
 "CustomHeaderInput": {
  "fields": {
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "value": {
    "name": "value",
    "type": "String",
    "required": true
   }
  }
 },
 "CustomerReference": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID"
   },
   "external_id": {
    "name": "externalId",
    "type": "String"
   }
  },
  "text": "id"
 },
 "CustomerUpsertInput": {
  "fields": {
   "external_id": {
    "name": "externalId",
    "type": "String",
    "required": true
   },
   "name": {
    "name": "name",
    "type": "String"
   },
   "email": {
    "name": "email",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "joined_at": {
    "name": "joinedAt",
    "type": "DateTime"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "EarnCapsInput": {
  "fields": {
   "per_transaction": {
    "name": "perTransaction",
    "type": "Points"
   },
   "per_period": {
    "name": "perPeriod",
    "type": "PeriodCapInput",
    "list": true
   },
   "balance": {
    "name": "balance",
    "type": "Points"
   }
  }
 },
 "EarnInput": {
  "fields": {
   "customer": {
    "name": "customer",
    "type": "CustomerReference",
    "required": true
   },
   "amount": {
    "name": "amount",
    "type": "Decimal",
    "required": true
   },
   "currency": {
    "name": "currency",
    "type": "String",
    "required": true
   },
   "location": {
    "name": "location",
    "type": "String"
   },
   "lines": {
    "name": "lines",
    "type": "TransactionLineInput",
    "list": true
   },
   "occurred_at": {
    "name": "occurredAt",
    "type": "DateTime"
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "EarnRateInput": {
  "fields": {
   "currency": {
    "name": "currency",
    "type": "String",
    "required": true
   },
   "value": {
    "name": "value",
    "type": "Decimal",
    "required": true
   },
   "every": {
    "name": "every",
    "type": "Decimal",
    "required": true
   }
  }
 },
 "EarnRuleCreateInput": {
  "fields": {
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "EarnRuleVersionInput",
    "required": true
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "EarnRulePublishInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "EarnRuleVersionInput",
    "required": true
   },
   "expected_version": {
    "name": "expectedVersion",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "EarnRuleRetireInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "expected_version": {
    "name": "expectedVersion",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "EarnRuleUpdateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String"
   },
   "expected_version": {
    "name": "expectedVersion",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "EarnRuleVersionInput": {
  "fields": {
   "rates": {
    "name": "rates",
    "type": "EarnRateInput",
    "list": true,
    "required": true
   },
   "condition": {
    "name": "condition",
    "type": "String"
   },
   "rounding": {
    "name": "rounding",
    "type": "PointRounding"
   },
   "rounding_scope": {
    "name": "roundingScope",
    "type": "RoundingScope"
   },
   "tier_multipliers": {
    "name": "tierMultipliers",
    "type": "TierMultiplierInput",
    "list": true
   },
   "caps": {
    "name": "caps",
    "type": "EarnCapsInput"
   },
   "expiration": {
    "name": "expiration",
    "type": "FixedPointExpirationInput"
   },
   "effective_at": {
    "name": "effectiveAt",
    "type": "DateTime"
   }
  }
 },
 "EntryAwardInput": {
  "fields": {
   "points": {
    "name": "points",
    "type": "Points",
    "required": true
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   }
  }
 },
 "EventFilter": {
  "fields": {
   "types": {
    "name": "types",
    "type": "EventType",
    "list": true
   },
   "patterns": {
    "name": "patterns",
    "type": "String",
    "list": true
   },
   "customer_id": {
    "name": "customerId",
    "type": "ID"
   }
  }
 },
 "EveryNthVisitTriggerInput": {
  "fields": {
   "visits": {
    "name": "visits",
    "type": "Int",
    "required": true
   }
  }
 },
 "ExactTextFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "String"
   },
   "is_not": {
    "name": "isNot",
    "type": "String"
   },
   "in": {
    "name": "in",
    "type": "String",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "String",
    "list": true
   }
  }
 },
 "FixedDatesPointActivationInput": {
  "fields": {
   "calendar_dates": {
    "name": "calendarDates",
    "type": "CalendarDateInput",
    "list": true,
    "required": true
   }
  }
 },
 "FixedPointExpirationInput": {
  "fields": {
   "no_expiration": {
    "name": "noExpiration",
    "type": "Boolean"
   },
   "rolling": {
    "name": "rolling",
    "type": "RollingPointExpirationInput"
   },
   "calendar": {
    "name": "calendar",
    "type": "CalendarPointExpirationInput"
   }
  }
 },
 "GracePeriodInput": {
  "fields": {
   "value": {
    "name": "value",
    "type": "Int",
    "required": true
   },
   "unit": {
    "name": "unit",
    "type": "PeriodUnit",
    "required": true
   },
   "round_up": {
    "name": "roundUp",
    "type": "Boolean"
   }
  }
 },
 "IdFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "ID"
   },
   "is_not": {
    "name": "isNot",
    "type": "ID"
   },
   "in": {
    "name": "in",
    "type": "ID",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "ID",
    "list": true
   }
  }
 },
 "InstantFilter": {
  "fields": {
   "before": {
    "name": "before",
    "type": "DateTime"
   },
   "after": {
    "name": "after",
    "type": "DateTime"
   }
  }
 },
 "LevelDowngradeInput": {
  "fields": {
   "grace_period": {
    "name": "gracePeriod",
    "type": "GracePeriodInput"
   }
  }
 },
 "NameFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "String"
   },
   "is_not": {
    "name": "isNot",
    "type": "String"
   },
   "contains": {
    "name": "contains",
    "type": "String"
   },
   "not_contain": {
    "name": "notContain",
    "type": "String"
   },
   "starts_with": {
    "name": "startsWith",
    "type": "String"
   },
   "ends_with": {
    "name": "endsWith",
    "type": "String"
   },
   "in": {
    "name": "in",
    "type": "String",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "String",
    "list": true
   },
   "has_value": {
    "name": "hasValue",
    "type": "Boolean"
   },
   "is_unknown": {
    "name": "isUnknown",
    "type": "Boolean"
   }
  }
 },
 "PeriodBasedPointActivationInput": {
  "fields": {
   "days": {
    "name": "days",
    "type": "Int",
    "required": true
   }
  }
 },
 "PeriodCapInput": {
  "fields": {
   "unit": {
    "name": "unit",
    "type": "CapPeriod",
    "required": true
   },
   "points": {
    "name": "points",
    "type": "Points",
    "required": true
   }
  }
 },
 "PeriodInput": {
  "fields": {
   "value": {
    "name": "value",
    "type": "Int",
    "required": true
   },
   "unit": {
    "name": "unit",
    "type": "PeriodUnit",
    "required": true
   }
  }
 },
 "PointActivationInput": {
  "fields": {
   "immediate": {
    "name": "immediate",
    "type": "Boolean"
   },
   "period_based": {
    "name": "periodBased",
    "type": "PeriodBasedPointActivationInput"
   },
   "fixed_dates": {
    "name": "fixedDates",
    "type": "FixedDatesPointActivationInput"
   }
  }
 },
 "PointBalanceTriggerInput": {
  "fields": {
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID",
    "required": true
   },
   "points": {
    "name": "points",
    "type": "Points",
    "required": true
   }
  }
 },
 "PointEarnedInput": {
  "fields": {
   "period": {
    "name": "period",
    "type": "PeriodInput",
    "required": true
   },
   "type": {
    "name": "type",
    "type": "PointEarnedType"
   },
   "window": {
    "name": "window",
    "type": "TrackingWindow"
   }
  }
 },
 "PointEarnedTriggerInput": {
  "fields": {
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID",
    "required": true
   },
   "points": {
    "name": "points",
    "type": "Points",
    "required": true
   },
   "unit": {
    "name": "unit",
    "type": "CapPeriod"
   }
  }
 },
 "PointExpirationInput": {
  "fields": {
   "no_expiration": {
    "name": "noExpiration",
    "type": "Boolean"
   },
   "rolling": {
    "name": "rolling",
    "type": "RollingPointExpirationInput"
   },
   "calendar": {
    "name": "calendar",
    "type": "CalendarPointExpirationInput"
   },
   "sliding": {
    "name": "sliding",
    "type": "SlidingPointExpirationInput"
   }
  }
 },
 "PointsAdjustInput": {
  "fields": {
   "customer": {
    "name": "customer",
    "type": "CustomerReference",
    "required": true
   },
   "points": {
    "name": "points",
    "type": "Points",
    "required": true
   },
   "qualifying": {
    "name": "qualifying",
    "type": "Boolean"
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String",
    "required": true
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "PointsTransferInput": {
  "fields": {
   "from": {
    "name": "from",
    "type": "CustomerReference",
    "required": true
   },
   "to": {
    "name": "to",
    "type": "CustomerReference",
    "required": true
   },
   "points": {
    "name": "points",
    "type": "Points",
    "required": true
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "ReceiptTemplateInput": {
  "fields": {
   "locale": {
    "name": "locale",
    "type": "String",
    "required": true
   },
   "template": {
    "name": "template",
    "type": "String",
    "required": true
   }
  }
 },
 "RedemptionCancelInput": {
  "fields": {
   "redemption": {
    "name": "redemption",
    "type": "RedemptionReference",
    "required": true
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "RedemptionConfirmInput": {
  "fields": {
   "proof": {
    "name": "proof",
    "type": "String",
    "required": true
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "RedemptionReference": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID"
   },
   "reference": {
    "name": "reference",
    "type": "SourceReference"
   }
  },
  "text": "id"
 },
 "RefundInput": {
  "fields": {
   "transaction": {
    "name": "transaction",
    "type": "TransactionReference",
    "required": true
   },
   "amount": {
    "name": "amount",
    "type": "Decimal"
   },
   "lines": {
    "name": "lines",
    "type": "RefundLineInput",
    "list": true
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "RefundLineInput": {
  "fields": {
   "index": {
    "name": "index",
    "type": "Int",
    "required": true
   },
   "amount": {
    "name": "amount",
    "type": "Decimal",
    "required": true
   }
  }
 },
 "RewardActivateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "RewardCreateInput": {
  "fields": {
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "type": {
    "name": "type",
    "type": "String",
    "required": true
   },
   "description": {
    "name": "description",
    "type": "String"
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID",
    "required": true
   },
   "cost": {
    "name": "cost",
    "type": "Points",
    "required": true
   },
   "stock": {
    "name": "stock",
    "type": "Int"
   },
   "limits": {
    "name": "limits",
    "type": "RewardLimitsInput"
   },
   "tier_ids": {
    "name": "tierIds",
    "type": "ID",
    "list": true
   },
   "condition": {
    "name": "condition",
    "type": "String"
   },
   "valid_from": {
    "name": "validFrom",
    "type": "DateTime"
   },
   "valid_until": {
    "name": "validUntil",
    "type": "DateTime"
   },
   "proof_valid_minutes": {
    "name": "proofValidMinutes",
    "type": "Int"
   },
   "trigger": {
    "name": "trigger",
    "type": "RewardTriggerInput"
   },
   "grant_validity": {
    "name": "grantValidity",
    "type": "PeriodInput"
   },
   "default_locale": {
    "name": "defaultLocale",
    "type": "String"
   },
   "receipts": {
    "name": "receipts",
    "type": "ReceiptTemplateInput",
    "list": true
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "RewardDeactivateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "RewardDraftInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "RewardLimitsInput": {
  "fields": {
   "per_member": {
    "name": "perMember",
    "type": "Int"
   },
   "per_period": {
    "name": "perPeriod",
    "type": "RewardPeriodLimitInput",
    "list": true
   }
  }
 },
 "RewardPeriodLimitInput": {
  "fields": {
   "unit": {
    "name": "unit",
    "type": "CapPeriod",
    "required": true
   },
   "count": {
    "name": "count",
    "type": "Int",
    "required": true
   }
  }
 },
 "RewardRedeemInput": {
  "fields": {
   "reward_id": {
    "name": "rewardId",
    "type": "ID",
    "required": true
   },
   "customer": {
    "name": "customer",
    "type": "CustomerReference",
    "required": true
   },
   "grant_id": {
    "name": "grantId",
    "type": "ID"
   },
   "locale": {
    "name": "locale",
    "type": "String"
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "RewardStockAdjustInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "by": {
    "name": "by",
    "type": "Int",
    "required": true
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "RewardTriggerInput": {
  "fields": {
   "every_nth_visit": {
    "name": "everyNthVisit",
    "type": "EveryNthVisitTriggerInput"
   },
   "point_balance": {
    "name": "pointBalance",
    "type": "PointBalanceTriggerInput"
   },
   "point_earned": {
    "name": "pointEarned",
    "type": "PointEarnedTriggerInput"
   }
  }
 },
 "RewardUpdateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String"
   },
   "type": {
    "name": "type",
    "type": "String"
   },
   "description": {
    "name": "description",
    "type": "String"
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   },
   "cost": {
    "name": "cost",
    "type": "Points"
   },
   "stock": {
    "name": "stock",
    "type": "Int"
   },
   "limits": {
    "name": "limits",
    "type": "RewardLimitsInput"
   },
   "tier_ids": {
    "name": "tierIds",
    "type": "ID",
    "list": true
   },
   "condition": {
    "name": "condition",
    "type": "String"
   },
   "valid_from": {
    "name": "validFrom",
    "type": "DateTime"
   },
   "valid_until": {
    "name": "validUntil",
    "type": "DateTime"
   },
   "proof_valid_minutes": {
    "name": "proofValidMinutes",
    "type": "Int"
   },
   "trigger": {
    "name": "trigger",
    "type": "RewardTriggerInput"
   },
   "grant_validity": {
    "name": "grantValidity",
    "type": "PeriodInput"
   },
   "default_locale": {
    "name": "defaultLocale",
    "type": "String"
   },
   "receipts": {
    "name": "receipts",
    "type": "ReceiptTemplateInput",
    "list": true
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "RollingPointExpirationInput": {
  "fields": {
   "period": {
    "name": "period",
    "type": "PeriodInput",
    "required": true
   },
   "rounding": {
    "name": "rounding",
    "type": "ExpirationRounding"
   },
   "rounding_month": {
    "name": "roundingMonth",
    "type": "Int"
   }
  }
 },
 "RollingTierExpirationInput": {
  "fields": {
   "period": {
    "name": "period",
    "type": "PeriodInput",
    "required": true
   }
  }
 },
 "SigningKeyRotateInput": {
  "fields": {
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "SlidingPointExpirationInput": {
  "fields": {
   "period": {
    "name": "period",
    "type": "PeriodInput",
    "required": true
   },
   "earning_activity": {
    "name": "earningActivity",
    "type": "Boolean"
   },
   "spending_activity": {
    "name": "spendingActivity",
    "type": "Boolean"
   },
   "custom_activity": {
    "name": "customActivity",
    "type": "Boolean"
   },
   "custom_activity_types": {
    "name": "customActivityTypes",
    "type": "String",
    "list": true
   }
  }
 },
 "SlidingTierExpirationInput": {
  "fields": {
   "period": {
    "name": "period",
    "type": "PeriodInput",
    "required": true
   },
   "earning_activity": {
    "name": "earningActivity",
    "type": "Boolean"
   },
   "spending_activity": {
    "name": "spendingActivity",
    "type": "Boolean"
   },
   "custom_activity": {
    "name": "customActivity",
    "type": "Boolean"
   },
   "custom_activity_types": {
    "name": "customActivityTypes",
    "type": "String",
    "list": true
   }
  }
 },
 "SourceReference": {
  "fields": {
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String",
    "required": true
   }
  },
  "text": "reference"
 },
 "SpendInput": {
  "fields": {
   "customer": {
    "name": "customer",
    "type": "CustomerReference",
    "required": true
   },
   "points": {
    "name": "points",
    "type": "Points",
    "required": true
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "SpendReference": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID"
   },
   "reference": {
    "name": "reference",
    "type": "SourceReference"
   }
  },
  "text": "id"
 },
 "SpendReverseInput": {
  "fields": {
   "spend": {
    "name": "spend",
    "type": "SpendReference",
    "required": true
   },
   "points": {
    "name": "points",
    "type": "Points"
   },
   "source": {
    "name": "source",
    "type": "String"
   },
   "reference": {
    "name": "reference",
    "type": "String"
   },
   "reason": {
    "name": "reason",
    "type": "String"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   },
   "dry_run": {
    "name": "dryRun",
    "type": "Boolean"
   }
  }
 },
 "TierCreateInput": {
  "fields": {
   "tier_structure_id": {
    "name": "tierStructureId",
    "type": "ID",
    "required": true
   },
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "min_points": {
    "name": "minPoints",
    "type": "Points",
    "required": true
   },
   "max_points": {
    "name": "maxPoints",
    "type": "Points"
   },
   "no_downgrade": {
    "name": "noDowngrade",
    "type": "Boolean"
   },
   "entry_award": {
    "name": "entryAward",
    "type": "EntryAwardInput"
   },
   "point_expiration": {
    "name": "pointExpiration",
    "type": "FixedPointExpirationInput"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierDowngradeInput": {
  "fields": {
   "no_downgrade": {
    "name": "noDowngrade",
    "type": "Boolean"
   },
   "multi_level": {
    "name": "multiLevel",
    "type": "LevelDowngradeInput"
   },
   "single_level": {
    "name": "singleLevel",
    "type": "LevelDowngradeInput"
   }
  }
 },
 "TierExpirationInput": {
  "fields": {
   "no_expiration": {
    "name": "noExpiration",
    "type": "Boolean"
   },
   "rolling_expiration": {
    "name": "rollingExpiration",
    "type": "RollingTierExpirationInput"
   },
   "calendar_expiration": {
    "name": "calendarExpiration",
    "type": "CalendarTierExpirationInput"
   },
   "sliding_expiration": {
    "name": "slidingExpiration",
    "type": "SlidingTierExpirationInput"
   }
  }
 },
 "TierInput": {
  "fields": {
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "min_points": {
    "name": "minPoints",
    "type": "Points",
    "required": true
   },
   "max_points": {
    "name": "maxPoints",
    "type": "Points"
   },
   "no_downgrade": {
    "name": "noDowngrade",
    "type": "Boolean"
   },
   "entry_award": {
    "name": "entryAward",
    "type": "EntryAwardInput"
   },
   "point_expiration": {
    "name": "pointExpiration",
    "type": "FixedPointExpirationInput"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   }
  }
 },
 "TierMultiplierInput": {
  "fields": {
   "tier_id": {
    "name": "tierId",
    "type": "ID",
    "required": true
   },
   "multiplier": {
    "name": "multiplier",
    "type": "Decimal",
    "required": true
   }
  }
 },
 "TierRulesInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID"
   },
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "min_points": {
    "name": "minPoints",
    "type": "Points",
    "required": true
   },
   "max_points": {
    "name": "maxPoints",
    "type": "Points"
   },
   "no_downgrade": {
    "name": "noDowngrade",
    "type": "Boolean"
   },
   "entry_award": {
    "name": "entryAward",
    "type": "EntryAwardInput"
   },
   "point_expiration": {
    "name": "pointExpiration",
    "type": "FixedPointExpirationInput"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   }
  }
 },
 "TierRulesPublishInput": {
  "fields": {
   "tier_structure_id": {
    "name": "tierStructureId",
    "type": "ID"
   },
   "type": {
    "name": "type",
    "type": "TierStructureType"
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   },
   "point_earned": {
    "name": "pointEarned",
    "type": "PointEarnedInput"
   },
   "expiration": {
    "name": "expiration",
    "type": "TierExpirationInput"
   },
   "downgrade": {
    "name": "downgrade",
    "type": "TierDowngradeInput"
   },
   "entry_award_scope": {
    "name": "entryAwardScope",
    "type": "EntryAwardScope"
   },
   "entry_award_on_refund": {
    "name": "entryAwardOnRefund",
    "type": "EntryAwardOnRefund"
   },
   "tiers": {
    "name": "tiers",
    "type": "TierRulesInput",
    "list": true
   },
   "rollout": {
    "name": "rollout",
    "type": "TierStructureRollout"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierStructureActivateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "effective_at": {
    "name": "effectiveAt",
    "type": "DateTime"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierStructureCreateInput": {
  "fields": {
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "type": {
    "name": "type",
    "type": "TierStructureType",
    "required": true
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   },
   "point_earned": {
    "name": "pointEarned",
    "type": "PointEarnedInput"
   },
   "expiration": {
    "name": "expiration",
    "type": "TierExpirationInput"
   },
   "downgrade": {
    "name": "downgrade",
    "type": "TierDowngradeInput"
   },
   "entry_award_scope": {
    "name": "entryAwardScope",
    "type": "EntryAwardScope"
   },
   "entry_award_on_refund": {
    "name": "entryAwardOnRefund",
    "type": "EntryAwardOnRefund"
   },
   "tiers": {
    "name": "tiers",
    "type": "TierInput",
    "list": true
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierStructureDeactivateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierStructureDraftInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierStructureFilter": {
  "fields": {
   "junction": {
    "name": "junction",
    "type": "FilterJunction"
   },
   "id": {
    "name": "id",
    "type": "IdFilter"
   },
   "name": {
    "name": "name",
    "type": "NameFilter"
   },
   "type": {
    "name": "type",
    "type": "TierStructureTypeFilter"
   },
   "status": {
    "name": "status",
    "type": "ConfigurationStatusFilter"
   },
   "created_at": {
    "name": "createdAt",
    "type": "CreatedAtFilter"
   }
  }
 },
 "TierStructureOrder": {
  "fields": {
   "field": {
    "name": "field",
    "type": "TierStructureOrderField",
    "required": true
   },
   "direction": {
    "name": "direction",
    "type": "OrderDirection"
   }
  }
 },
 "TierStructurePublishInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "rollout": {
    "name": "rollout",
    "type": "TierStructureRollout"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierStructureReviseInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierStructureTypeFilter": {
  "fields": {
   "is": {
    "name": "is",
    "type": "TierStructureType"
   },
   "is_not": {
    "name": "isNot",
    "type": "TierStructureType"
   },
   "in": {
    "name": "in",
    "type": "TierStructureType",
    "list": true
   },
   "not_in": {
    "name": "notIn",
    "type": "TierStructureType",
    "list": true
   }
  }
 },
 "TierStructureUpdateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String"
   },
   "type": {
    "name": "type",
    "type": "TierStructureType"
   },
   "card_definition_id": {
    "name": "cardDefinitionId",
    "type": "ID"
   },
   "point_earned": {
    "name": "pointEarned",
    "type": "PointEarnedInput"
   },
   "expiration": {
    "name": "expiration",
    "type": "TierExpirationInput"
   },
   "downgrade": {
    "name": "downgrade",
    "type": "TierDowngradeInput"
   },
   "entry_award_scope": {
    "name": "entryAwardScope",
    "type": "EntryAwardScope"
   },
   "entry_award_on_refund": {
    "name": "entryAwardOnRefund",
    "type": "EntryAwardOnRefund"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TierUpdateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "key": {
    "name": "key",
    "type": "String"
   },
   "name": {
    "name": "name",
    "type": "String"
   },
   "min_points": {
    "name": "minPoints",
    "type": "Points"
   },
   "max_points": {
    "name": "maxPoints",
    "type": "Points"
   },
   "no_downgrade": {
    "name": "noDowngrade",
    "type": "Boolean"
   },
   "entry_award": {
    "name": "entryAward",
    "type": "EntryAwardInput"
   },
   "point_expiration": {
    "name": "pointExpiration",
    "type": "FixedPointExpirationInput"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "TransactionLineInput": {
  "fields": {
   "sku": {
    "name": "sku",
    "type": "String"
   },
   "category": {
    "name": "category",
    "type": "String"
   },
   "quantity": {
    "name": "quantity",
    "type": "Int"
   },
   "amount": {
    "name": "amount",
    "type": "Decimal",
    "required": true
   }
  }
 },
 "TransactionReference": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID"
   },
   "reference": {
    "name": "reference",
    "type": "SourceReference"
   }
  },
  "text": "id"
 },
 "WebhookDeliveryFilter": {
  "fields": {
   "webhook_endpoint_id": {
    "name": "webhookEndpointId",
    "type": "ID"
   },
   "event_id": {
    "name": "eventId",
    "type": "ID"
   },
   "event_type": {
    "name": "eventType",
    "type": "String"
   },
   "status": {
    "name": "status",
    "type": "WebhookDeliveryStatus"
   }
  }
 },
 "WebhookDeliveryReplayInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WebhookEndpointCreateInput": {
  "fields": {
   "url": {
    "name": "url",
    "type": "String",
    "required": true
   },
   "description": {
    "name": "description",
    "type": "String"
   },
   "event_types": {
    "name": "eventTypes",
    "type": "String",
    "list": true
   },
   "filter": {
    "name": "filter",
    "type": "String"
   },
   "custom_headers": {
    "name": "customHeaders",
    "type": "CustomHeaderInput",
    "list": true
   },
   "rate_per_second": {
    "name": "ratePerSecond",
    "type": "Int"
   },
   "ordered": {
    "name": "ordered",
    "type": "Boolean"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WebhookEndpointEnableInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "missed_events": {
    "name": "missedEvents",
    "type": "MissedEvents"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WebhookEndpointPauseInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WebhookEndpointReplayInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "from": {
    "name": "from",
    "type": "DateTime",
    "required": true
   },
   "to": {
    "name": "to",
    "type": "DateTime"
   },
   "scope": {
    "name": "scope",
    "type": "WebhookReplayScope"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WebhookEndpointSecretRotateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "overlap_hours": {
    "name": "overlapHours",
    "type": "Int"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WebhookEndpointTestInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "event_type": {
    "name": "eventType",
    "type": "String",
    "required": true
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WebhookEndpointUpdateInput": {
  "fields": {
   "id": {
    "name": "id",
    "type": "ID",
    "required": true
   },
   "url": {
    "name": "url",
    "type": "String"
   },
   "description": {
    "name": "description",
    "type": "String"
   },
   "event_types": {
    "name": "eventTypes",
    "type": "String",
    "list": true
   },
   "filter": {
    "name": "filter",
    "type": "String"
   },
   "custom_headers": {
    "name": "customHeaders",
    "type": "CustomHeaderInput",
    "list": true
   },
   "rate_per_second": {
    "name": "ratePerSecond",
    "type": "Int"
   },
   "ordered": {
    "name": "ordered",
    "type": "Boolean"
   },
   "metadata": {
    "name": "metadata",
    "type": "JSONObject"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WorkspaceClockAdvanceInput": {
  "fields": {
   "to": {
    "name": "to",
    "type": "DateTime",
    "required": true
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WorkspaceCreateInput": {
  "fields": {
   "name": {
    "name": "name",
    "type": "String",
    "required": true
   },
   "time_zone": {
    "name": "timeZone",
    "type": "String",
    "required": true
   },
   "mode": {
    "name": "mode",
    "type": "WorkspaceMode",
    "required": true
   },
   "clock": {
    "name": "clock",
    "type": "DateTime"
   },
   "backdating_days": {
    "name": "backdatingDays",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 },
 "WorkspaceUpdateInput": {
  "fields": {
   "name": {
    "name": "name",
    "type": "String"
   },
   "backdating_days": {
    "name": "backdatingDays",
    "type": "Int"
   },
   "event_retention_days": {
    "name": "eventRetentionDays",
    "type": "Int"
   },
   "notice_days": {
    "name": "noticeDays",
    "type": "Int"
   },
   "version": {
    "name": "version",
    "type": "Int"
   },
   "idempotency_key": {
    "name": "idempotencyKey",
    "type": "String"
   }
  }
 }
};
