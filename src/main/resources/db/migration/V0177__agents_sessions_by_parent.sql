-- The page of a session names those that came from it; without this all sessions were read for that.
create index agent_sessions_by_parent on agent_sessions (workspace_id, parent_id) where parent_id is not null;
