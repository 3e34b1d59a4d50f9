namespace ModelTraining;

/// <summary>The rows of a class as points, with the nearest of its own to each.</summary>
internal sealed class ClassOfRows
{
    private readonly int _neighbors;
    private readonly int[] _nearest;

    /// <param name="rows">The class's rows.</param>
    /// <param name="points">The same as points.</param>
    /// <param name="neighbors">How many neighbours; fewer than there are rows.</param>
    /// <param name="context">Threads, progress and cancellation.</param>
    public ClassOfRows(int[] rows, PointSet points, int neighbors, BalanceContext context)
    {
        (Rows, _neighbors) = (rows, neighbors);
        _nearest = NearestPoints.Find(points, points, point => point, neighbors, points.CategoryDistance(), context);
    }

    public int[] Rows { get; }

    /// <summary>The nearest rows of the class to one of its rows, nearest first.</summary>
    /// <param name="member">Its position among <see cref="Rows"/>.</param>
    public IEnumerable<int> Neighbors(int member)
    {
        for (var i = 0; i < _neighbors; i++) yield return Neighbor(member, i);
    }

    public int Neighbor(int member, int rank) => Rows[_nearest[(member * _neighbors) + rank]];
}
