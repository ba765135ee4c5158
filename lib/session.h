/* SPDX-License-Identifier: MIT */
/* What questions to a session need of it. */
#ifndef RN_SESSION_H
#define RN_SESSION_H

#include <runde/session.h>

#include "plan/live.h"

/** Makes the session ready for questions; O(1) when it is.
 *
 *  @return RUNDE_E_STATE without a plan, RUNDE_E_INVALID when the plan has
 *          no schedule, RUNDE_E_NOMEM */
runde_status rn_session_wake(runde_session *session);

/** The plan to ask, after rn_session_wake. */
rn_live *rn_session_live(const runde_session *session);

#endif
