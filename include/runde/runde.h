/* SPDX-License-Identifier: MIT */
/** @file runde.h
 *  Everything of the core library. */
#ifndef RUNDE_RUNDE_H
#define RUNDE_RUNDE_H

#include <runde/actuals.h>
#include <runde/check.h>
#include <runde/diff.h>
#include <runde/explain.h>
#include <runde/export.h>
#include <runde/import.h>
#include <runde/json.h>
#include <runde/network.h>
#include <runde/overlay.h>
#include <runde/plan.h>
#include <runde/problem.h>
#include <runde/recommend.h>
#include <runde/replan.h>
#include <runde/session.h>
#include <runde/solve.h>
#include <runde/tradeoff.h>
#include <runde/types.h>

#endif
