/* SPDX-License-Identifier: MIT */
/* Something done in a thread of its own while the caller waits and is asked
 * now and then whether to go on. */
#ifndef RN_GLPK_ERRAND_H
#define RN_GLPK_ERRAND_H

#include "exact/exact.h"

typedef struct rn_errand rn_errand;

/** Does the task, and looks at rn_errand_is_over often. */
typedef runde_status (*rn_errand_fn)(void *task, const rn_errand *errand);

/** Runs it in a new thread and waits for the end. The patience's poll is
 *  asked in the calling thread.
 *
 *  @return what `fn` returns; RUNDE_E_NOMEM where there is no thread */
runde_status rn_errand_run(rn_errand_fn fn, void *task,
                           const rn_patience *patience);

/** Was it called off? */
bool rn_errand_is_over(const rn_errand *errand);

#endif
