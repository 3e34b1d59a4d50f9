namespace ModelTraining;

/// <summary>
/// The loss of logistic regression with its L2 penalty, summed over the rows. Parameters are, output after output, the coefficients and, where there is one,
/// the intercept; of centred features, so that the two are hardly related.
/// </summary>
internal sealed class LogisticLoss
{
    /// <summary>At most so many partial sums are kept, whatever the number of threads.</summary>
    private const int MostChunks = 64;
    private readonly DesignMatrix _design;
    private readonly double _l2;
    private readonly bool _intercept;
    private readonly int _threads;
    private readonly int _blocksPerChunk;
    private readonly double[][] _partials;

    public LogisticLoss(DesignMatrix design, int classes, double l2, bool intercept, int threads)
    {
        (_design, _l2, _intercept, _threads) = (design, l2, intercept, threads);
        Outputs = classes == 2 ? 1 : classes;
        Stride = design.Features + (intercept ? 1 : 0);
        _blocksPerChunk = (design.Blocks + MostChunks - 1) / MostChunks;
        _partials = new double[(design.Blocks + _blocksPerChunk - 1) / _blocksPerChunk][];
    }

    /// <summary>The sums of features: one of two classes, else one a class.</summary>
    public int Outputs { get; }

    /// <summary>The parameters of an output.</summary>
    public int Stride { get; }

    /// <summary>The loss at the last point without the penalty, as the mean of the rows.</summary>
    public double MeanLoss { get; private set; }

    /// <summary>Loss and penalty; writes their gradient.</summary>
    public double Evaluate(double[] parameters, double[] gradient)
    {
        var offsets = Offsets(parameters);
        ColumnLoop.Run(_partials.Length, _threads, chunk => _partials[chunk] = Chunk(chunk, parameters, offsets));
        Array.Clear(gradient);
        var loss = 0.0;
        foreach (var partial in _partials)
        {
            loss += partial[^1];
            for (var output = 0; output < Outputs; output++)
            {
                for (var i = 0; i < Stride; i++) gradient[(output * Stride) + i] += partial[(output * (_design.Features + 1)) + i];
            }
        }

        MeanLoss = loss / _design.TotalWeight;
        for (var output = 0; output < Outputs; output++)
        {
            var coefficients = parameters.AsSpan(output * Stride, _design.Features);
            var ofOutput = gradient.AsSpan(output * Stride, Stride);
            if (_intercept) Vectors.AddScaled(_design.Centres, -ofOutput[_design.Features], ofOutput);
            Vectors.AddScaled(coefficients, _l2, ofOutput);
            loss += _l2 / 2 * Vectors.Dot(coefficients, coefficients);
        }

        return loss;
    }

    /// <summary>The probability of each row of a block: [outputs, rows], from the sums that stand there.</summary>
    /// <returns>The weighted loss.</returns>
    private double ToProbabilities(int block, Span<double> sums)
    {
        var targets = _design.Of(block, _design.Targets);
        var weights = _design.Of(block, _design.Weights);
        var (rows, loss) = (targets.Length, 0.0);
        for (var row = 0; row < rows; row++)
        {
            if (Outputs == 1)
            {
                var sum = sums[row];
                var small = Math.Exp(-Math.Abs(sum));
                loss += weights[row] * (Math.Max(sum, 0) - (sum * targets[row]) + Math.Log(1 + small));
                sums[row] = sum >= 0 ? 1 / (1 + small) : small / (1 + small);
                continue;
            }

            var (most, total) = (double.NegativeInfinity, 0.0);
            for (var output = 0; output < Outputs; output++) most = Math.Max(most, sums[(output * rows) + row]);
            var ofTruth = sums[((int)targets[row] * rows) + row] - most;
            for (var output = 0; output < Outputs; output++) total += sums[(output * rows) + row] = Math.Exp(sums[(output * rows) + row] - most);
            for (var output = 0; output < Outputs; output++) sums[(output * rows) + row] /= total;
            loss += weights[row] * (Math.Log(total) - ofTruth);
        }

        return loss;
    }

    /// <summary>[outputs, rows]: the probability of each row.</summary>
    public double[][] Probabilities(double[] parameters)
    {
        var offsets = Offsets(parameters);
        var probabilities = new double[Outputs][];
        for (var output = 0; output < Outputs; output++) probabilities[output] = new double[_design.Rows];
        ColumnLoop.Run(_design.Blocks, _threads, block =>
        {
            var rows = _design.RowsOf(block);
            var sums = new double[Outputs * rows];
            Sum(block, parameters, offsets, sums);
            ToProbabilities(block, sums);
            for (var output = 0; output < Outputs; output++) sums.AsSpan(output * rows, rows).CopyTo(_design.Of(block, probabilities[output]));
        });
        return probabilities;
    }

    /// <summary>[outputs, features + 1] of gradient, then the loss.</summary>
    private double[] Chunk(int chunk, double[] parameters, double[] offsets)
    {
        var width = _design.Features + 1;
        var partial = new double[(Outputs * width) + 1];
        var buffer = new double[Outputs * DesignMatrix.BlockRows];
        for (var block = chunk * _blocksPerChunk; block < Math.Min(_design.Blocks, (chunk + 1) * _blocksPerChunk); block++)
        {
            var rows = _design.RowsOf(block);
            var targets = _design.Of(block, _design.Targets);
            var weights = _design.Of(block, _design.Weights);
            var sums = buffer.AsSpan(0, Outputs * rows);
            Sum(block, parameters, offsets, sums);
            partial[^1] += ToProbabilities(block, sums);
            for (var output = 0; output < Outputs; output++)
            {
                var errors = sums.Slice(output * rows, rows);
                var total = 0.0;
                for (var row = 0; row < rows; row++)
                {
                    var truth = Outputs == 1 ? targets[row] : targets[row] == output ? 1 : 0;
                    total += errors[row] = weights[row] * (errors[row] - truth);
                }

                partial[(output * width) + _design.Features] += total;
                for (var feature = 0; feature < _design.Features; feature++) partial[(output * width) + feature] += Vectors.Dot(_design.Column(block, feature), errors);
            }
        }

        return partial;
    }

    private void Sum(int block, double[] parameters, double[] offsets, Span<double> sums)
    {
        var rows = _design.RowsOf(block);
        for (var output = 0; output < Outputs; output++)
        {
            var ofOutput = sums.Slice(output * rows, rows);
            ofOutput.Fill(offsets[output]);
            for (var feature = 0; feature < _design.Features; feature++) Vectors.AddScaled(_design.Column(block, feature), parameters[(output * Stride) + feature], ofOutput);
        }
    }

    /// <summary>The intercepts of features that are not centred.</summary>
    public double[] Offsets(double[] parameters)
    {
        var offsets = new double[Outputs];
        for (var output = 0; output < Outputs; output++)
        {
            var ofOutput = parameters.AsSpan(output * Stride, Stride);
            offsets[output] = _intercept ? ofOutput[_design.Features] - Vectors.Dot(ofOutput[.._design.Features], _design.Centres) : 0;
        }

        return offsets;
    }
}
