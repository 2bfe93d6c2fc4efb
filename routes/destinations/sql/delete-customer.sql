delete from customers where object_id = :#object_id and version <= :#version
