namespace ModelTraining;

/// <summary>How likely values are around one that was tried: a normal distribution within the range, or the choice with some mass on the others.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Centre">The value that was tried; NaN where none was, and every value is as likely.</param>
/// <param name="Width">The deviation in shares of the range; of a choice the mass that all choices have alike.</param>
internal readonly record struct ParzenKernel(Parameter Parameter, double Centre, double Width)
{
    private double Share => Parameter.ToShare(Centre);

    public double Draw(SeededRandom random)
    {
        if (double.IsNaN(Centre)) return Parameter.FromShare(random.NextDouble());
        if (Parameter.ChoiceCount > 0) return random.NextDouble() < Width ? random.Next(Parameter.ChoiceCount) : Centre;
        while (true)
        {
            var share = Share + (Width * random.NextNormal());
            if (share is >= 0 and <= 1) return Parameter.FromShare(share); // a third of all at least, as the centre is within
        }
    }

    public double LogDensity(double value)
    {
        if (Parameter.ChoiceCount > 0) return Math.Log((double.IsNaN(Centre) ? 1 : Width) / Parameter.ChoiceCount + (value == Centre ? 1 - Width : 0));
        if (double.IsNaN(Centre)) return 0;
        var inside = NormalDistribution.Cumulative((1 - Share) / Width) - NormalDistribution.Cumulative(-Share / Width);
        return NormalDistribution.LogDensity((Parameter.ToShare(value) - Share) / Width) - Math.Log(Width * inside);
    }

    /// <summary>The logarithm of the mean of what the logarithms are of.</summary>
    public static double LogMean(ReadOnlySpan<double> logarithms)
    {
        var largest = double.NegativeInfinity;
        foreach (var logarithm in logarithms) largest = Math.Max(largest, logarithm);
        if (double.IsNegativeInfinity(largest)) return largest;
        var sum = 0.0;
        foreach (var logarithm in logarithms) sum += Math.Exp(logarithm - largest);
        return largest + Math.Log(sum / logarithms.Length);
    }
}
