using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>
/// Passes over all weights in blocks that any number of threads share: gathering, norm, update. The blocks, and the order of sums, do not depend on the
/// number of threads. Allocates nothing.
/// </summary>
internal sealed class WeightPass
{
    private const int BlockSize = 16 * 1024;

    /// <summary>With fewer weights a second thread costs more than it does.</summary>
    private const int WorthThreads = 64 * 1024;

    private readonly WeightMemory[] _weights;
    private readonly WeightUpdate _update;
    private readonly (int Weight, int Start, int Count)[] _blocks;
    private readonly (long UpdatesBefore, int First, int Count)[] _groups;
    private readonly double[] _squares;
    private readonly Action<int> _gatherBlock, _measureBlock, _updateBlock;
    private readonly bool _isParallel;
    private Action<int> _body;
    private bool _hasGathered, _fromGathered;
    private float _averageShare, _scale;
    private int _firstOfGroup;
    private StepSettings _settings = new() { LearningRate = 0 };
    private long _step;

    public WeightPass(WeightMemory[] weights, Optimizer optimizer)
    {
        (_weights, _update) = (weights, WeightUpdate.Of(optimizer));
        _blocks = [.. weights.Index().OrderBy(weight => weight.Item.Weight.UpdatesBefore).SelectMany(weight => Blocks(weight.Index, weight.Item.Values.Length))];
        _groups = [.. _blocks.Index().GroupBy(block => weights[block.Item.Weight].Weight.UpdatesBefore).Select(group => (group.Key, group.First().Index, group.Count()))];
        _squares = new double[_blocks.Length];
        _isParallel = weights.Sum(weight => (long)weight.Values.Length) >= WorthThreads;
        (_gatherBlock, _measureBlock, _updateBlock) = (GatherBlock, MeasureBlock, UpdateBlock);
        _body = _gatherBlock;
    }

    /// <summary>The Euclidean norm of the last step's gradients; NaN where the weights were not to be updated.</summary>
    public double Norm { get; private set; }

    /// <summary>Whether the last step updated the weights.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>Says what the next step is to do.</summary>
    /// <param name="settings">Learning rate, decay, share and average.</param>
    /// <param name="step">The number of the update, from 1.</param>
    public void Prepare(in StepSettings settings, long step)
    {
        (_settings, _step) = (settings, step);
        (Norm, IsUpdated) = (double.NaN, false);
    }

    /// <summary>Adds the gradients of a step to those gathered, and updates the weights where the settings say so; nothing is left of what is not finite.</summary>
    public void Run(float loss, Kernel kernel, in KernelCall call)
    {
        if (!float.IsFinite(loss))
        {
            DropGathered();
            return;
        }

        _fromGathered = _hasGathered || !_settings.Update || _settings.Share != 1;
        if (_fromGathered)
        {
            foreach (var weight in _weights) weight.Gathered ??= new float[weight.Values.Length];
            ForEach(_gatherBlock, _blocks.Length, kernel, call);
            _hasGathered = true;
        }

        if (!_settings.Update) return;
        ForEach(_measureBlock, _blocks.Length, kernel, call);
        var sum = 0.0;
        foreach (var square in _squares) sum += square;
        Norm = Math.Sqrt(sum);
        if (!double.IsFinite(Norm))
        {
            DropGathered();
            return;
        }

        _scale = (float)(_settings.MaxGradNorm > 0 && Norm > _settings.MaxGradNorm ? _settings.MaxGradNorm / Norm : 1);
        _averageShare = (float)_settings.AverageShare;
        foreach (var (before, first, count) in _groups)
        {
            // An update whose rows all count nothing is none, so that there may be fewer than a plan says.
            _update.Begin(Math.Max(1, _step - before));
            _firstOfGroup = first;
            ForEach(_updateBlock, count, kernel, call);
        }

        (IsUpdated, _hasGathered) = (true, false);
    }

    /// <summary>A block.</summary>
    public void Part(int part) => _body(part);

    private static IEnumerable<(int Weight, int Start, int Count)> Blocks(int weight, int count)
    {
        for (var start = 0; start < count; start += BlockSize) yield return (weight, start, Math.Min(BlockSize, count - start));
    }

    private void ForEach(Action<int> body, int blocks, Kernel kernel, in KernelCall call)
    {
        _body = body;
        if (_isParallel) call.ForEach(kernel, blocks);
        else for (var block = 0; block < blocks; block++) body(block);
    }

    private void DropGathered()
    {
        foreach (var weight in _weights) weight.Gathered?.AsSpan().Clear();
        _hasGathered = false;
    }

    private void GatherBlock(int block)
    {
        var (weight, start, count) = _blocks[block];
        var gathered = _weights[weight].Gathered.AsSpan(start, count);
        TensorPrimitives.MultiplyAdd(_weights[weight].Gradients.AsSpan(start, count), (float)_settings.Share, gathered, gathered);
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
