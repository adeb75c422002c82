alter table developers add column photo text constraint developers_photo check (photo ~ '^[0-9a-f]{32}$');
comment on column developers.photo is 'The hash of the photo''s content, under which its squares are stored (IDN-13); null for whoever shows initials.';
