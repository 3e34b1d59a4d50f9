namespace ModelTraining.Tests.Samplers;

/// <summary>Functions whose least value is known; what a trial has over it is its regret.</summary>
internal sealed record TestFunction(string Name, Func<SearchSpace, Func<Trial, double>> Build)
{
    private static readonly double[] HartmannAlpha = [1.0, 1.2, 3.0, 3.2];
    private static readonly double[][] HartmannA = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
    private static readonly double[][] HartmannP = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]];

    /// <summary>Branin's, of two variables with three equal minima (Dixon and Szegö, 1978).</summary>
    public static TestFunction Branin { get; } = new("Branin", space =>
    {
        var (x, y) = (space.Float("x", -5, 10), space.Float("y", 0, 15));
        return trial =>
        {
            var (a, b) = (trial.Get(x), trial.Get(y));
            var bend = b - (5.1 / (4 * Math.PI * Math.PI) * a * a) + (5 / Math.PI * a) - 6;
            return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(a)) + 10 - 0.39788735772973816;
        };
    });

    /// <summary>Hartmann's, of six variables (Hartman, 1973).</summary>
    public static TestFunction Hartmann6 { get; } = new("Hartmann-6", space =>
    {
        var x = Enumerable.Range(0, 6).Select(i => space.Float($"x{i}", 0, 1)).ToArray();
        return trial =>
        {
            var sum = 0.0;
            for (var i = 0; i < 4; i++)
            {
                var inner = 0.0;
                for (var j = 0; j < 6; j++) inner += HartmannA[i][j] * Math.Pow(trial.Get(x[j]) - (1e-4 * HartmannP[i][j]), 2);
                sum += HartmannAlpha[i] * Math.Exp(-inner);
            }

            return 3.32236801141551 - sum;
        };
    });

    /// <summary>Rastrigin's, of five variables: a bowl with a dent at every whole number.</summary>
    public static TestFunction Rastrigin5 { get; } = new("Rastrigin-5", space =>
    {
        var x = Enumerable.Range(0, 5).Select(i => space.Float($"x{i}", -5.12, 5.12)).ToArray();
        return trial => 50 + x.Sum(parameter => Math.Pow(trial.Get(parameter), 2) - (10 * Math.Cos(2 * Math.PI * trial.Get(parameter))));
    });

    /// <summary>A choice of two ways, one of which has the minimum and both of which have settings of their own; like a choice of trainers.</summary>
    public static TestFunction Conditional { get; } = new("conditional", space =>
    {
        var way = space.Choice("way", "flat", "deep");
        var (flat, deep) = (space.When(way, "flat"), space.When(way, "deep"));
        var (slope, width) = (flat.Float("slope", 0, 1), flat.Int("width", 1, 100));
        var (rate, depth, drops) = (deep.Float("rate", 1e-5, 1, log: true), deep.Int("depth", 1, 10), deep.Bool("drops"));
        var drop = deep.When(drops, true).Float("drop", 0, 0.9);
        return trial => trial.Get(way) == "flat"
            ? 0.3 + Math.Pow(trial.Get(slope) - 0.7, 2) + Math.Pow((trial.Get(width) - 40) / 100.0, 2)
            : (0.1 * Math.Pow(Math.Log10(trial.Get(rate)) + 2, 2)) + (0.02 * Math.Abs(trial.Get(depth) - 6)) + (trial.Get(drops) ? Math.Pow(trial.Get(drop) - 0.3, 2) : 0.15);
    });

    /// <summary>A slope whose bottom lies in a corner that two constraints leave (Gramacy et al., "Modeling an augmented Lagrangian for blackbox constrained optimization", 2016).</summary>
    public static TestFunction Constrained { get; } = new("constrained", space =>
    {
        var (x, y) = (space.Float("x", 0, 1), space.Float("y", 0, 1));
        return trial =>
        {
            var (a, b) = (trial.Get(x), trial.Get(y));
            trial.Constrain(1.5 - a - (2 * b) - (0.5 * Math.Sin(2 * Math.PI * ((a * a) - (2 * b)))));
            trial.Constrain((a * a) + (b * b) - 1.5);
            return a + b - 0.599788;
        };
    });

    /// <summary>The least regret of a study of so many trials.</summary>
    public double Regret(ISampler sampler, ulong seed, int trials)
    {
        var space = new SearchSpace();
        var function = Build(space);
        using var study = new Study(space, o => o with { Sampler = sampler, Seed = seed });
        for (var i = 0; i < trials; i++)
        {
            var trial = study.Ask();
            study.Tell(trial, function(trial));
        }

        return study.Best?.Value ?? double.PositiveInfinity; // none where no trial holds the constraints
    }

    /// <summary>The median over seeds.</summary>
    public double MedianRegret(ISampler sampler, int seeds, int trials)
    {
        var regrets = Enumerable.Range(0, seeds).AsParallel().Select(seed => Regret(sampler, (ulong)seed, trials)).Order().ToArray();
        return (regrets[(seeds - 1) / 2] + regrets[seeds / 2]) / 2;
    }

    public override string ToString() => Name;
}
