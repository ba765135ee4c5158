/* SPDX-License-Identifier: MIT */
/** @file types.h
 *  Status codes, findings and the small value types that every call shares.
 *
 *  Rules of the whole API: functions return a status, results come out
 *  through the first parameter, the diagnosis is last and may be NULL.
 *  Records that the caller fills begin with `size_t size` and are started
 *  from their RUNDE_..._INIT macro, so that they may grow in later versions.
 *  Nothing here prints, aborts, reads the environment or keeps global state.
 *  Different objects may be used from different threads at the same time; a
 *  sealed problem and a finished plan may be shared by any number of them. */
#ifndef RUNDE_TYPES_H
#define RUNDE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RUNDE_API __attribute__((visibility("default")))
#define RUNDE_CHECKED __attribute__((warn_unused_result))
#else
#define RUNDE_API
#define RUNDE_CHECKED
#endif

/** No such entity: an index that points nowhere. */
#define RUNDE_NONE (-1)
/** No such time: a bound that is not given. Times are int32 ticks. */
#define RUNDE_TIME_NONE INT32_MIN
/** A travel matrix cell that cannot be driven. */
#define RUNDE_UNREACHABLE (-1)

/** What a call reports. Zero is success, errors are negative; how a search
 *  ended is not an error and stands in the plan (runde_outcome). */
typedef enum runde_status {
    RUNDE_OK = 0,
    RUNDE_E_NOMEM = -1,    /**< out of memory; the arguments are unchanged */
    RUNDE_E_ARGUMENT = -2, /**< a parameter breaks the call's contract */
    RUNDE_E_STATE = -3,    /**< sealed where it must be open, or the reverse */
    RUNDE_E_INVALID = -4,  /**< the problem has errors; see the findings */
    RUNDE_E_FORMAT = -5,   /**< the text is not JSON, or not this format */
    RUNDE_E_LIMIT = -6,    /**< larger than a stated limit */
    RUNDE_E_INTERNAL = -7, /**< the checker refused the library's own plan */
    RUNDE_E_SERVER = -8,   /**< a server does not answer as it should */
    RUNDE_E_STOPPED = -9,  /**< the caller stopped it, there is no result */
    RUNDE_E_INFEASIBLE = -10 /**< no plan within the hard limits was found */
} runde_status;

typedef enum runde_severity {
    RUNDE_ERROR = 0,  /**< nothing is solved */
    RUNDE_WARNING = 1 /**< travels with the plan */
} runde_severity;

/** One finding about the input. The strings live during the callback. */
typedef struct runde_finding {
    size_t size;
    runde_severity severity;
    const char *code;    /**< stable, "RUNDE-E101" or "RUNDE-W201" */
    const char *pointer; /**< JSON pointer, "/visits/12/time_windows/0" */
    const char *message; /**< one sentence with the numbers, no newline */
} runde_finding;

/** Called once per finding, in the order of the input. */
typedef void (*runde_finding_fn)(const runde_finding *finding, void *payload);

/** Where a call leaves its diagnosis. Owned by the caller; start from
 *  RUNDE_DIAG_INIT. The fields hold the first error (or, without errors,
 *  the first warning); `on_finding` sees them all, at most 100. */
typedef struct runde_diag {
    size_t size;
    runde_finding_fn on_finding; /**< may be NULL */
    void *payload;
    int32_t errors;   /**< how many errors were found */
    int32_t warnings; /**< how many warnings were found */
    char code[16];
    char pointer[160];
    char message[320];
} runde_diag;

#define RUNDE_DIAG_INIT                                                        \
    {                                                                          \
        sizeof(runde_diag), NULL, NULL, 0, 0, "", "", ""                       \
    }

/** A name for a status code, "RUNDE_E_NOMEM"; never NULL. */
RUNDE_API const char *runde_status_name(runde_status status);

/** The library's version, "0.1.0". */
RUNDE_API const char *runde_version(void);

/** The criteria of the price, defined in docs/model.md section 4. An
 *  amount is in the unit named here; its cost is weight times amount. */
typedef enum runde_criterion {
    RUNDE_TRAVEL_TIME = 0,    /**< ticks on the road */
    RUNDE_TRAVEL_DISTANCE,    /**< metres on the road */
    RUNDE_WAITING,            /**< ticks between arrival and start */
    RUNDE_EARLY,              /**< ticks before the first preferred window */
    RUNDE_LATE,               /**< ticks after the preferred window */
    RUNDE_MAX_LATE,           /**< ticks, the latest part of the plan */
    RUNDE_OVERTIME,           /**< ticks after the shifts' ends */
    RUNDE_IDLE,               /**< ticks of shifts not filled with work */
    RUNDE_MAX_IDLE,           /**< ticks, the idlest shift */
    RUNDE_OPTIONAL_UNSERVED,  /**< the left-out optional visits' own prices */
    RUNDE_BREAKS_MISSED,      /**< optional breaks not taken */
    RUNDE_CARER_PREFERENCE,   /**< points of wishes about carers not met */
    RUNDE_DISTINCT_CARERS,    /**< sum over clients of different carers */
    RUNDE_CARERS_OVER_TARGET, /**< the part of those above max_carers */
    RUNDE_OVERQUALIFICATION,  /**< skill levels above what visits ask for */
    RUNDE_WORKLOAD_SPREAD,    /**< ticks, largest minus smallest workload */
    RUNDE_WORKLOAD_DEVIATION, /**< ticks, sum of distances from the mean */
    RUNDE_LOAD_SPREAD,        /**< largest minus smallest, shared loads */
    RUNDE_SHIFTS_USED,        /**< shifts with at least one visit */
    RUNDE_CHANGED_CARER,      /**< parts whose carer is not the published */
    RUNDE_SHIFTED_START,      /**< ticks away from the published starts */
    RUNDE_CLIENTS_CHANGED,    /**< clients to whom another carer comes */
    RUNDE_VISITS_SHIFTED,     /**< visits moved beyond their tolerance */
    RUNDE_CRITERIA
} runde_criterion;

/** "travel_time" for RUNDE_TRAVEL_TIME; NULL for no criterion. */
RUNDE_API const char *runde_criterion_name(runde_criterion criterion);

#ifdef __cplusplus
}
#endif
#endif
