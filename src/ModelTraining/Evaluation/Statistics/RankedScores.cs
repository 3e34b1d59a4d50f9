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
    private ulong[] _order = [];

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
    public Ranking Rank(int @class) => _rankings[@class] ??= Compute(@class, _width == 1 ? 0 : @class);

    /// <summary>The mean of what is defined; NaN when nothing is.</summary>
    public double MeanOverClasses(Func<Ranking, double> figure)
    {
        var figures = Enumerable.Range(0, ClassCount).Select(@class => figure(Rank(@class))).Where(value => !double.IsNaN(value)).ToList();
        return figures.Count == 0 ? double.NaN : figures.Average();
    }

    private Ranking Compute(int @class, int column)
    {
        var scores = CollectionsMarshal.AsSpan(_scores);
        var targets = CollectionsMarshal.AsSpan(_targets);
        var weights = CollectionsMarshal.AsSpan(_weights);
        if (_order.Length < targets.Length) _order = new ulong[targets.Length];
        var count = 0;
        double positives = 0, negatives = 0;
        for (var row = 0; row < targets.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            if (weight == 0) continue;
            var score = scores[row * _width + column];
            if (float.IsNaN(score)) return Ranking.Undefined;
            if (targets[row] == @class) positives += weight;
            else negatives += weight;
            _order[count++] = ((ulong)Descending(score) << 32) | (uint)row;
        }

        if (positives == 0) return Ranking.Undefined;
        var order = _order.AsSpan(0, count);
        order.Sort();

        var points = new List<CurvePoint> { new(double.PositiveInfinity, 0, 0, 1) };
        CompensatedSum area = default, precisions = default;
        double hits = 0, alarms = 0, drawnHits = 0, drawnAlarms = 0;
        for (var i = 0; i < count;)
        {
            var (hitsBefore, alarmsBefore, key) = (hits, alarms, order[i] >> 32);
            var score = scores[(int)(uint)order[i] * _width + column];
            for (; i < count && order[i] >> 32 == key; i++)
            {
                var row = (int)(uint)order[i];
                var weight = weights.IsEmpty ? 1 : weights[row];
                if (targets[row] == @class) hits += weight;
                else alarms += weight;
            }

            area.AddProduct(alarms - alarmsBefore, (hits + hitsBefore) / 2);
            precisions.AddProduct(hits - hitsBefore, hits / (hits + alarms));
            if (hits - drawnHits >= Step * positives || alarms - drawnAlarms >= Step * negatives || i == count)
            {
                points.Add(new CurvePoint(score, hits / positives, alarms / negatives, hits / (hits + alarms)));
                (drawnHits, drawnAlarms) = (hits, alarms);
            }
        }

        var averagePrecision = precisions.Value / positives;
        return negatives == 0 ? new Ranking(double.NaN, averagePrecision, []) : new Ranking(area.Value / positives / negatives, averagePrecision, points);
    }

    /// <summary>Bits that sort as whole numbers the way the scores sort from high to low.</summary>
    private static uint Descending(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f); // adding 0 makes −0 and 0 one
        return (bits & 0x80000000) != 0 ? bits : ~(bits | 0x80000000);
    }
}
