/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The lists of plug-ins, each ended by NULL, in the order of their names.
 * Made from the files under models/ that define one (tests/tools/rules.sh),
 * when the program is built; adding one is adding a file.
 */

#ifndef MODELS_REGISTRY_H
#define	MODELS_REGISTRY_H

struct stack;
struct allocator;
struct load;
struct lock_class;
struct proposal;

extern const struct stack *const registry_stacks[];
extern const struct allocator *const registry_allocators[];
extern const struct load *const registry_loads[];
extern const struct lock_class *const registry_lock_classes[];
extern const struct proposal *const registry_proposals[];

#endif /* !MODELS_REGISTRY_H */
