namespace ModelTraining;

/// <summary>The density of whole trials: around each trial the product of its parameters' kernels. A parameter that the trial does not have is even there.</summary>
internal sealed class JointParzenEstimator
{
    private const double WidthOfOne = 0.1;
    private readonly ParzenKernel[][] _kernels;
    private readonly SearchSpace _space;

    public JointParzenEstimator(SearchSpace space, List<TrialRecord> trials)
    {
        _space = space;
        var count = space.Parameters.Count;
        // Scott's rule, which lets kernels shrink the slower the more parameters there are.
        var width = Math.Max(WidthOfOne * Math.Pow(Math.Max(1, trials.Count), -1.0 / (count + 4)), 1 / Math.Min(100.0, Math.Pow(trials.Count + 2, 1.5)));
        _kernels = new ParzenKernel[trials.Count + 1][];
        for (var i = 0; i <= trials.Count; i++)
        {
            var values = i < trials.Count ? trials[i].Parameters : new Dictionary<string, double>();
            _kernels[i] = [.. space.Parameters.Select(parameter => new ParzenKernel(
                parameter,
                values.TryGetValue(parameter.Name, out var value) ? value : double.NaN,
                parameter.ChoiceCount > 0 ? parameter.ChoiceCount / (double)(parameter.ChoiceCount + _kernels.Length) : width))];
        }
    }

    public Dictionary<string, double> Draw(SamplerContext context)
    {
        var kernels = _kernels[context.Random.Next(_kernels.Length)];
        return context.ForEach((_, i) => kernels[i].Draw(context.Random));
    }

    public double LogDensity(Dictionary<string, double> values)
    {
        var densities = new double[_kernels.Length];
        for (var i = 0; i < _kernels.Length; i++)
        {
            for (var p = 0; p < _space.Parameters.Count; p++)
            {
                if (values.TryGetValue(_space.Parameters[p].Name, out var value)) densities[i] += _kernels[i][p].LogDensity(value);
            }
        }

        return ParzenKernel.LogMean(densities);
    }
}
