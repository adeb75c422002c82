create index agent_sessions_latest on agent_sessions (workspace_id, last_seen_at desc, id desc);
