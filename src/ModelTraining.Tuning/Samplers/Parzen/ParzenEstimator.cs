namespace ModelTraining;

/// <summary>The density of one parameter's values among trials: a kernel a trial, as wide as its neighbours are far, and an even one, so that nothing is impossible.</summary>
internal sealed class ParzenEstimator(ParzenKernel[] kernels)
{
    public static ParzenEstimator Of(Parameter parameter, List<TrialRecord> trials)
    {
        var values = trials.Where(trial => trial.Parameters.ContainsKey(parameter.Name)).Select(trial => trial.Parameters[parameter.Name]).Order().ToArray();
        var kernels = new ParzenKernel[values.Length + 1];
        kernels[values.Length] = new ParzenKernel(parameter, double.NaN, 1);
        var shares = Array.ConvertAll(values, parameter.ToShare);
        // Narrower than that, the best trial so far would be all that is ever proposed (Bergstra et al., "Making a Science of Model Search", 2013).
        var narrowest = 1 / Math.Min(100.0, Math.Pow(values.Length + 2, 1.5));
        for (var i = 0; i < values.Length; i++)
        {
            var left = shares[i] - (i > 0 ? shares[i - 1] : 0);
            var right = (i + 1 < shares.Length ? shares[i + 1] : 1) - shares[i];
            var width = parameter.ChoiceCount > 0 ? parameter.ChoiceCount / (double)(parameter.ChoiceCount + kernels.Length) : Math.Clamp(Math.Max(left, right), narrowest, 1);
            kernels[i] = new ParzenKernel(parameter, values[i], width);
        }

        return new ParzenEstimator(kernels);
    }

    public double Draw(SeededRandom random) => kernels[random.Next(kernels.Length)].Draw(random);

    public double LogDensity(double value)
    {
        var densities = new double[kernels.Length];
        for (var i = 0; i < densities.Length; i++) densities[i] = kernels[i].LogDensity(value);
        return ParzenKernel.LogMean(densities);
    }
}
