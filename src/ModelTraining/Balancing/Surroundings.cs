namespace ModelTraining;

/// <summary>All rows as points, with the nearest of all to some of them.</summary>
internal sealed class Surroundings
{
    private readonly BalancedRows _rows;
    private readonly PointSet _points;
    private readonly double _categoryDistance;
    private readonly BalanceContext _context;

    public Surroundings(BalancedRows rows, FeatureSpace space, BalanceContext context)
    {
        (_rows, _context) = (rows, context);
        _points = space.Points(rows.Rows);
        _categoryDistance = _points.CategoryDistance();
    }

    /// <summary>The positions of the rows of a class.</summary>
    public int[] PositionsOf(Func<int, bool> @class) => [.. Enumerable.Range(0, _rows.Rows.Length).Where(position => @class(_rows.ClassOf(_rows.Rows[position])))];

    /// <summary>The position of the nearest of all rows to each.</summary>
    public int[] Nearest() => NearestPoints.Find(_points, _points, point => point, 1, _categoryDistance, _context);

    /// <summary>The nearest of all rows to some of them: [positions, count] positions.</summary>
    public int[] Nearest(int[] positions, int count) => NearestPoints.Find(_points.Take(positions), _points, point => positions[point], count, _categoryDistance, _context);

    /// <summary>For each of some rows the nearest of others.</summary>
    public int[] NearestRows(int[] positions, int[] among) =>
        Array.ConvertAll(NearestPoints.Find(_points.Take(positions), _points.Take(among), _ => -1, 1, _categoryDistance, _context), found => _rows.Rows[among[found]]);

    /// <summary>How many of the nearest rows are of other classes, for each of some rows.</summary>
    public int[] Foreign(int[] positions, int count)
    {
        var nearest = Nearest(positions, count);
        return [.. positions.Select((position, i) => nearest.AsSpan(i * count, count).ToArray().Count(other => Class(other) != Class(position)))];
    }

    public int Class(int position) => _rows.ClassOf(_rows.Rows[position]);
}
