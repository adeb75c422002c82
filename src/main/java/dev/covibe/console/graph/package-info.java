/** The git graph of the team, drawn as SVG. */
package dev.covibe.console.graph;
