using System.Text;

namespace ModelTraining;

/// <summary>How the values of a column are written: how many of each form, and the first of each.</summary>
internal sealed class WrittenCounts
{
    private const int Forms = (int)Written.Infinite + 1;

    private readonly int[] _counts = new int[Forms];
    private readonly (int Row, string Value)[] _first = new (int, string)[Forms];

    /// <summary>The number of values that are not missing, as far as they were looked at.</summary>
    public int Present { get; private set; }

    public int this[Written form] => _counts[(int)form];

    public (int Row, string Value) First(Written form) => _first[(int)form];

    /// <summary>Whether each value is a number in some way of writing.</summary>
    public bool AllNumbers => Present > 0 && this[Written.Text] + this[Written.Code] == 0;

    public bool Points => this[Written.Point] + this[Written.PointOrThousands] > 0;

    public bool Commas => this[Written.Comma] + this[Written.CommaOrThousands] > 0;

    /// <summary>The share of odd values from which a column is no longer one of numbers (or dates) with some mistakes in it.</summary>
    public static int OddValuesAllowed(int rows) => rows / 20;

    /// <summary>Looks at a column, until it is clear that it is text.</summary>
    public static WrittenCounts Of(WrittenColumn column)
    {
        var result = new WrittenCounts();
        var allowed = OddValuesAllowed(column.Count);
        foreach (var group in column.Groups())
        {
            var form = WrittenForm.Of(group.Value);
            ref var count = ref result._counts[(int)form];
            if (count == 0) result._first[(int)form] = (group.FirstRow, Encoding.UTF8.GetString(group.Value));
            count += group.Rows;
            result.Present += group.Rows;
            if (form == Written.Text && count > allowed) break;
        }

        return result;
    }
}
