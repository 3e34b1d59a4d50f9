using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>
/// The rows' probabilities, kept to be sorted: for each class against the rest, of two classes for the positive one only. Costs four bytes a row
/// for each class.
/// </summary>
internal sealed class RankedScores : IStatistic<RankedScores>
{
    // A point of the curve is kept when it lies this far from the last one: at most 2 × 200 + 2 points, and no line is drawn further off than that.
    private const double Step = 1.0 / 200;

    private readonly int _width;
    private readonly Ranking?[] _rankings;
    private readonly List<float> _scores = [];
    private readonly List<float> _targets = [];
    private readonly List<float> _weights = []; // empty as long as all rows count alike
    private ulong[] _keys = [];
    private ulong[] _scratch = [];
    private (int Row, float Hit)[]?[]? _orders; // of each class, when rows are prepared: those of equal score follow one another, the last of them with all bits turned
    private float[] _preparedWeights = [];

    private RankedScores(int classCount) => (_width, _rankings) = (classCount == 2 ? 1 : classCount, new Ranking?[classCount]);

    public static RankedScores Start(int classCount) => new(classCount);

    public int ClassCount => _rankings.Length;

    public void Update(PredictionBatch batch)
    {
        if (batch.Count == 0) return;
        Array.Clear(_rankings);
        if (!batch.Weights.IsEmpty || _weights.Count > 0)
        {
            for (var row = _weights.Count; row < _targets.Count; row++) _weights.Add(1);
            if (batch.Weights.IsEmpty) for (var row = 0; row < batch.Count; row++) _weights.Add(1);
            else _weights.AddRange(batch.Weights);
        }

        _targets.AddRange(batch.Targets);
        if (_width > 1) _scores.AddRange(batch.Outputs);
        else for (var row = 0; row < batch.Count; row++) _scores.Add(batch.Outputs[2 * row + 1]);
    }

    /// <summary>The ranking for a class; of two classes, for class 1.</summary>
    public Ranking Rank(int @class) => _rankings[@class] ??= _orders is null ? Compute(@class, Column(@class)) : Weighed(@class);

    public void Prepare(PredictionBatch rows)
    {
        Update(new PredictionBatch(rows.Targets, rows.Outputs)); // with their own weights, rows of weight 0 would be missing
        _orders = new (int, float)[]?[ClassCount];
        for (var i = _width == 1 ? 1 : 0; i < ClassCount; i++)
        {
            var order = Sort(i, Column(i), out var positives, out var negatives);
            if (positives + negatives == 0) continue; // a score is no number
            var rowsInOrder = new (int, float)[order.Length];
            for (var j = 0; j < order.Length; j++)
            {
                var row = (int)(uint)order[j];
                rowsInOrder[j] = (j + 1 == order.Length || order[j + 1] >> 32 != order[j] >> 32 ? ~row : row, _targets[row] == i ? 1 : 0);
            }

            _orders[i] = rowsInOrder;
        }

        _preparedWeights = new float[rows.Count];
    }

    public void Weigh(ReadOnlySpan<float> weights)
    {
        Array.Clear(_rankings);
        weights.CopyTo(_preparedWeights);
    }

    /// <summary>The mean of what is defined; NaN when nothing is.</summary>
    public double MeanOverClasses(Func<Ranking, double> figure)
    {
        var figures = Enumerable.Range(0, ClassCount).Select(@class => figure(Rank(@class))).Where(value => !double.IsNaN(value)).ToList();
        return figures.Count == 0 ? double.NaN : figures.Average();
    }

    private int Column(int @class) => _width == 1 ? 0 : @class;

    private Ranking Weighed(int @class)
    {
        if (_orders![@class] is not { } order) return Ranking.Undefined;
        double hits = 0, alarms = 0, hitsBefore = 0, alarmsBefore = 0, area = 0, precisions = 0;
        foreach (var (coded, hit) in order)
        {
            // Sums without a test of the class or the weight, which no processor foresees.
            var weight = _preparedWeights[coded ^ (coded >> 31)];
            hits += weight * hit;
            alarms += weight - weight * hit;
            if (coded >= 0) continue;
            area += (alarms - alarmsBefore) * (hits + hitsBefore);
            precisions += (hits - hitsBefore) * hits / Math.Max(hits + alarms, double.Epsilon);
            (hitsBefore, alarmsBefore) = (hits, alarms);
        }

        if (hits == 0) return Ranking.Undefined;
        return new Ranking(alarms == 0 ? double.NaN : area / 2 / hits / alarms, precisions / hits, []);
    }

    private Ranking Compute(int @class, int column)
    {
        var order = Sort(@class, column, out var positives, out var negatives);
        if (positives == 0) return Ranking.Undefined;
        var scores = CollectionsMarshal.AsSpan(_scores);
        var targets = CollectionsMarshal.AsSpan(_targets);
        var weights = CollectionsMarshal.AsSpan(_weights);
        var points = new List<CurvePoint> { new(double.PositiveInfinity, 0, 0, 1) };
        CompensatedSum area = default, precisions = default;
        double hits = 0, alarms = 0, drawnHits = 0, drawnAlarms = 0;
        for (var i = 0; i < order.Length;)
        {
            // Rows of equal score pass the threshold together: between them the curve is a straight line.
            var (hitsBefore, alarmsBefore, key) = (hits, alarms, order[i] >> 32);
            for (; i < order.Length && order[i] >> 32 == key; i++)
            {
                var row = (int)(uint)order[i];
                var weight = weights.IsEmpty ? 1 : weights[row];
                if (targets[row] == @class) hits += weight;
                else alarms += weight;
            }

            area.AddProduct(alarms - alarmsBefore, (hits + hitsBefore) / 2);
            precisions.AddProduct(hits - hitsBefore, hits / (hits + alarms));
            if (hits - drawnHits > Step * positives || alarms - drawnAlarms > Step * negatives || i == order.Length)
            {
                var threshold = scores[(int)(uint)order[i - 1] * _width + column];
                points.Add(new CurvePoint(threshold, hits / positives, alarms / negatives, hits / (hits + alarms)));
                (drawnHits, drawnAlarms) = (hits, alarms);
            }
        }

        var averagePrecision = precisions.Value / positives;
        return negatives == 0 ? new Ranking(double.NaN, averagePrecision, []) : new Ranking(area.Value / positives / negatives, averagePrecision, points);
    }

    /// <summary>The rows that count from the highest score to the lowest, each in the lower half of its item; none when a score is NaN.</summary>
    private Span<ulong> Sort(int @class, int column, out double positives, out double negatives)
    {
        var scores = CollectionsMarshal.AsSpan(_scores);
        var targets = CollectionsMarshal.AsSpan(_targets);
        var weights = CollectionsMarshal.AsSpan(_weights);
        if (_keys.Length < targets.Length) (_keys, _scratch) = (new ulong[targets.Length], new ulong[targets.Length]);
        var count = 0;
        (positives, negatives) = (0, 0);
        for (var row = 0; row < targets.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            if (weight == 0) continue;
            var score = scores[row * _width + column];
            if (float.IsNaN(score))
            {
                (positives, negatives) = (0, 0);
                return [];
            }

            if (targets[row] == @class) positives += weight;
            else negatives += weight;
            _keys[count++] = ((ulong)Descending(score) << 32) | (uint)row;
        }

        return RadixSort.ByUpperHalf(_keys.AsSpan(0, count), _scratch);
    }

    /// <summary>Bits that sort as whole numbers the way the scores sort from high to low.</summary>
    private static uint Descending(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f); // adding 0 makes −0 and 0 one
        return (bits & 0x80000000) != 0 ? bits : ~(bits | 0x80000000);
    }
}
