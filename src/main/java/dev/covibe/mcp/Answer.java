package dev.covibe.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a tool answers: for programs, and in few words for clients that read only text.
 *
 * @param structured an object that fits the tool's output schema
 */
@RegisterForReflection
record Answer(JsonNode structured, String text) {}
