/** The pages of planned work: workstreams, tasks as list and board, the planning forms, a task's story. */
package dev.covibe.console.workstreams;
