-- Who was shown a secret: whoever made the key, or replaced the one before. null: before that was kept, or set from outside.
alter table api_key_secret add column made_by text;
