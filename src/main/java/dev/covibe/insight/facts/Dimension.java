package dev.covibe.insight.facts;

/** What facts can be counted by, besides days. {@link Fact#keys()} says what each gives as its key. */
public enum Dimension {
    /** The id of a developer. */
    DEVELOPER,
    /** The kind of agent: {@code claude-code}. */
    AGENT,
    /** A managed agent: the developer's id, the kind and the name, with a slash between each. */
    MANAGED_AGENT,
    /** {@code provider/model} for usage, the model alone elsewhere. */
    MODEL,
    /** The id of a task. */
    TASK,
    /** The id of a project. */
    PROJECT,
    /** The id of the workstream that the task is in now. */
    WORKSTREAM,
    /** The kind of an event: {@code completed}. */
    KIND,
    /** The name of a tool. */
    TOOL,
    /** {@code task} for usage that belongs to one; the rest, which is unattributed, has an empty key. */
    ATTRIBUTED,
    /** {@code answer} for an event that helped somebody on: a blocker answered, a decision made; others have an empty key. */
    ANSWER
}
