select source, file, row, key, "column", reason from rejects order by source, file, row, "column"
