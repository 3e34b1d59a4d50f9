using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>
/// Passes over all weights in blocks that any number of threads share: gathering, norm, update. The blocks, and the order of sums, do not depend on the
/// number of threads. Allocates nothing.
/// </summary>
internal sealed class WeightPass : IDisposable
{
    private const int BlockSize = 16 * 1024;

    /// <summary>With fewer weights a second thread costs more than it does.</summary>
    private const int WorthThreads = 64 * 1024;

    private readonly WeightMemory[] _weights;
    private readonly WeightUpdate _update;
    private readonly WorkerTeam _team;
    private readonly (int Weight, int Start, int Count)[] _blocks;
    private readonly (long UpdatesBefore, int First, int Count)[] _groups;
    private readonly double[] _squares;
    private readonly Action<int> _gatherBlock, _measureBlock, _updateBlock;
    private readonly bool _isParallel;
    private bool _fromGathered;
    private float _share, _averageShare, _scale;
    private int _firstOfGroup;
    private StepSettings _settings = new() { LearningRate = 0 };

    public WeightPass(WeightMemory[] weights, Optimizer optimizer, int threads)
    {
        (_weights, _update) = (weights, WeightUpdate.Of(optimizer));
        _blocks = [.. weights.Index().OrderBy(weight => weight.Item.Weight.UpdatesBefore).SelectMany(weight => Blocks(weight.Index, weight.Item.Values.Length))];
        _groups = [.. _blocks.Index().GroupBy(block => weights[block.Item.Weight].Weight.UpdatesBefore).Select(group => (group.Key, group.First().Index, group.Count()))];
        _squares = new double[_blocks.Length];
        _isParallel = weights.Sum(weight => (long)weight.Values.Length) >= WorthThreads;
        _team = new WorkerTeam(_isParallel ? threads : 1);
        (_gatherBlock, _measureBlock, _updateBlock) = (GatherBlock, MeasureBlock, UpdateBlock);
    }

    /// <summary>Adds a share of the gradients to those gathered.</summary>
    public void Gather(float share)
    {
        foreach (var weight in _weights) weight.Gathered ??= new float[weight.Values.Length];
        _share = share;
        _team.Run(_blocks.Length, _gatherBlock, _isParallel);
    }

    /// <summary>The Euclidean norm of the gradients, of this batch or gathered.</summary>
    public double Norm(bool ofGathered)
    {
        _fromGathered = ofGathered;
        _team.Run(_blocks.Length, _measureBlock, _isParallel);
        var sum = 0.0;
        foreach (var square in _squares) sum += square;
        return Math.Sqrt(sum);
    }

    /// <summary>Updates the weights with the gradients that <see cref="Norm"/> was of, times <paramref name="scale"/>.</summary>
    /// <param name="step">The number of the update, from 1.</param>
    /// <param name="settings">Learning rate, decay and average.</param>
    /// <param name="scale">What gradients are multiplied by.</param>
    public void Update(long step, in StepSettings settings, double scale)
    {
        (_settings, _scale, _averageShare) = (settings, (float)scale, (float)settings.AverageShare);
        foreach (var (before, first, count) in _groups)
        {
            // An update whose rows all count nothing is none, so that there may be fewer than a plan says.
            _update.Begin(Math.Max(1, step - before));
            _firstOfGroup = first;
            _team.Run(count, _updateBlock, _isParallel);
        }
    }

    public void DropGathered()
    {
        foreach (var weight in _weights) weight.Gathered?.AsSpan().Clear();
    }

    public void Dispose() => _team.Dispose();

    private static IEnumerable<(int Weight, int Start, int Count)> Blocks(int weight, int count)
    {
        for (var start = 0; start < count; start += BlockSize) yield return (weight, start, Math.Min(BlockSize, count - start));
    }

    private void GatherBlock(int block)
    {
        var (weight, start, count) = _blocks[block];
        var gathered = _weights[weight].Gathered.AsSpan(start, count);
        TensorPrimitives.MultiplyAdd(_weights[weight].Gradients.AsSpan(start, count), _share, gathered, gathered);
    }

    private void MeasureBlock(int block)
    {
        var (weight, start, count) = _blocks[block];
        var gradients = _fromGathered ? _weights[weight].Gathered! : _weights[weight].Gradients;
        _squares[block] = TensorPrimitives.SumOfSquares(gradients.AsSpan(start, count));
    }

    private void UpdateBlock(int block)
    {
        var (index, start, count) = _blocks[_firstOfGroup + block];
        var weight = _weights[index];
        var gradients = (_fromGathered ? weight.Gathered! : weight.Gradients).AsSpan(start, count);
        var values = weight.Values.AsSpan(start, count);
        var rates = new UpdateRates((float)(_settings.LearningRate * weight.Weight.LearningRateFactor), (float)(_settings.WeightDecay * weight.Weight.WeightDecayFactor), _scale);
        _update.Apply(values, gradients, State(weight, 0, start, count), State(weight, 1, start, count), rates);
        if (_fromGathered) gradients.Clear();
        if (_averageShare <= 0 || weight.Average is not { } all) return;
        var average = all.AsSpan(start, count);
        TensorPrimitives.Lerp(average, values, _averageShare, average);
    }

    private static Span<float> State(WeightMemory weight, int state, int start, int count) => state < weight.States.Length ? weight.States[state].AsSpan(start, count) : [];
}
