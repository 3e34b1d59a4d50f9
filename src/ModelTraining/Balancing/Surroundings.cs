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

    public PointSet Points(int[] positions) => _points.Take(positions);

    /// <summary>The nearest of all rows to all of them: [rows, count] positions.</summary>
    public int[] Nearest(int count) => NearestPoints.Find(_points, _points, point => point, count, _categoryDistance, _context);

    /// <summary>The nearest of all rows to some of them: [positions, count] positions.</summary>
    public int[] Nearest(int[] positions, int count) => NearestPoints.Find(Points(positions), _points, point => positions[point], count, _categoryDistance, _context);

    /// <summary>The nearest of some rows to each of some others.</summary>
    public int[] Nearest(int[] positions, int[] among) => [.. NearestPoints.Find(Points(positions), Points(among), _ => -1, 1, _categoryDistance, _context).Select(found => among[found])];

    /// <summary>How many of the nearest rows are of other classes, for each of some rows.</summary>
    public int[] Foreign(int[] positions, int count)
    {
        var nearest = Nearest(positions, count);
        return [.. positions.Select((position, i) => nearest.AsSpan(i * count, count).ToArray().Count(other => Class(other) != Class(position)))];
    }

    public int Class(int position) => _rows.ClassOf(_rows.Rows[position]);
}
