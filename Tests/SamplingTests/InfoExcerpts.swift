/// What servers answer to `INFO`, shortened: the fields that are read, and some of those around them.
enum InfoExcerpts {
    static let redis60 = """
        # Server
        redis_version:6.0.20
        redis_git_sha1:00000000
        redis_mode:standalone
        run_id:0aabb1ccdd22eeff334455667788990011aabbcc
        uptime_in_seconds:77

        # Clients
        connected_clients:3
        client_recent_max_input_buffer:4
        blocked_clients:1

        # Memory
        used_memory:866584
        used_memory_human:846.27K
        used_memory_rss:6467584
        maxmemory:0
        maxmemory_policy:noeviction

        # Persistence
        loading:0
        rdb_changes_since_last_save:5
        rdb_last_save_time:1789999000
        rdb_last_bgsave_status:err
        aof_enabled:1
        aof_last_write_status:ok

        # Stats
        evicted_keys:12

        # Replication
        role:slave
        master_host:10.0.0.1
        connected_slaves:0
        """

    static let redis70 = """
        # Server
        redis_version:7.0.15
        run_id:1aabb1ccdd22eeff334455667788990011aabbcc
        executable:/usr/bin/redis-server
        # Persistence
        loading:1
        async_loading:0
        aof_enabled:0
        aof_last_write_status:err
        # Replication
        role:master
        connected_slaves:2
        slave0:ip=10.0.0.2,port=6379,state=online,offset=1442,lag=1
        slave1:ip=fd00::3,port=6380,state=wait_bgsave,offset=0,lag=0
        master_failover_state:no-failover
        # Errorstats
        errorstat_ERR:count=3
        errorstat_NOGROUP:count=18
        errorstat_WRONGTYPE:count=none
        """

    static let redis80 = """
        # Server
        redis_version:8.0.3
        redis_build_id:42
        run_id:2aabb1ccdd22eeff334455667788990011aabbcc
        # Replication
        role:master
        connected_slaves:0
        # Keysizes
        db0_distrib_strings_sizes:1=1,2=3
        """

    static let valkey80 = """
        # Server
        redis_version:7.2.4
        server_name:valkey
        valkey_version:8.0.1
        valkey_release_stage:ga
        run_id:3aabb1ccdd22eeff334455667788990011aabbcc
        # Replication
        role:master
        """

    static let valkey91 = """
        # Server
        redis_version:7.2.4
        server_name:valkey
        valkey_version:9.1.0
        server_mode:standalone
        run_id:4aabb1ccdd22eeff334455667788990011aabbcc
        # Replication
        role:master
        connected_slaves:1
        slave0:ip=10.0.0.9,port=6379,state=online,offset=1,lag=0,type=replica
        """

    static let redict73 = """
        # Server
        redis_version:7.2.4
        redict_version:7.3.5
        run_id:5aabb1ccdd22eeff334455667788990011aabbcc
        # Replication
        role:master
        """
}
