/* SPDX-License-Identifier: MIT */
/** @file interrupt.h
 *  Signals: what must not kill us, and what asks us to finish. */
#ifndef RUNDE_INTERRUPT_H
#define RUNDE_INTERRUPT_H

#include <stdbool.h>

/** A broken pipe and a file size limit become errors of write() instead of
 *  death; no core dump ever holds a visit file. */
void interrupt_harden(void);

/** From now on the first SIGINT or SIGTERM only asks; the second ends the
 *  process at once. What was ignored at the start stays ignored. */
void interrupt_listen(void);

/** Whether somebody asked. */
bool interrupt_asked(void);

#endif
