update customers set state = :#state, version = :#version
 where object_id = :#object_id and version <= :#version
