namespace ModelTraining;

/// <summary>
/// The values of a <see cref="WrittenColumn"/> that are not missing, each with the number of rows that have it: the distinct ones of the rows that are codes,
/// then the others one by one.
/// </summary>
internal ref struct WrittenGroups
{
    private readonly WrittenColumn _column;
    private readonly int[] _rows;
    private readonly int[] _firstRows;
    private RawColumn.Enumerator _rest;
    private int _code = -1;
    private int _row;

    public WrittenGroups(WrittenColumn column)
    {
        _column = column;
        _rows = new int[column.DistinctCount];
        _firstRows = new int[column.DistinctCount];
        var first = 0;
        foreach (var codes in column.Codes)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                if (codes[i] >= 0 && _rows[codes[i]]++ == 0) _firstRows[codes[i]] = first + i;
            }

            first += codes.Length;
        }

        _row = first - 1;
        _rest = new RawColumn.Enumerator(column.Rest);
    }

    public Group Current { get; private set; }

    public readonly WrittenGroups GetEnumerator() => this;

    public bool MoveNext()
    {
        while (++_code < _rows.Length)
        {
            // Rows that were not drawn have left their values behind.
            if (_rows[_code] == 0) continue;
            Current = new Group(_column.Distinct(_code), _rows[_code], _firstRows[_code]);
            return true;
        }

        while (_rest.MoveNext())
        {
            _row++;
            if (_rest.Current.IsEmpty) continue;
            Current = new Group(_rest.Current, 1, _row);
            return true;
        }

        return false;
    }

    /// <summary>Rows that have the same value, or one row.</summary>
    public readonly ref struct Group(ReadOnlySpan<byte> value, int rows, int firstRow)
    {
        public ReadOnlySpan<byte> Value { get; } = value;

        public int Rows { get; } = rows;

        public int FirstRow { get; } = firstRow;
    }
}
