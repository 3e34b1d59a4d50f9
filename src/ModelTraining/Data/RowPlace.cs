namespace ModelTraining;

/// <summary>Where a row stands: in which input, from 0, and on which line. Earlier ones are less.</summary>
internal readonly record struct RowPlace(int Input, int Line) : IComparable<RowPlace>
{
    public int CompareTo(RowPlace other) => (Input, Line).CompareTo((other.Input, other.Line));
}
