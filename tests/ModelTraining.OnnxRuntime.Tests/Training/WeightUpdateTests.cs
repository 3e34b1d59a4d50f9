namespace ModelTraining.Tests.Training;

public class WeightUpdateTests
{
    private static IEnumerable<string> Names => OptimizerReference.Optimizers.Keys;

    /// <summary>tests/Data/optimizers/make.py says what was computed, and how.</summary>
    [TestCaseSource(nameof(Names))]
    public void Apply_makes_the_steps_of_the_reference(string name)
    {
        var (expected, rate, steps) = OptimizerReference.Of(name);
        var (optimizer, decay) = OptimizerReference.Optimizers[name];
        var update = WeightUpdate.Of(optimizer);
        var weights = Enumerable.Range(0, expected.Length).Select(i => (float)Math.Cos(i * 0.3)).ToArray();
        var states = optimizer.State.Select(_ => new float[weights.Length]).Append([]).Append([]).ToArray();
        for (var step = 0; step < steps; step++)
        {
            // Twice the gradient at half the scale: the scale must be taken into account.
            var gradients = weights.Select((weight, i) => (float)(2 * (Math.Sin((0.7 * i) + (1.3 * step)) + (0.1 * weight)))).ToArray();
            update.Begin(step + 1);
            update.Apply(weights, gradients, states[0], states[1], new UpdateRates(rate, (float)decay, 0.5f));
        }

        for (var i = 0; i < weights.Length; i++) Assert.That(weights[i], Is.EqualTo(expected[i]).Within(2e-5), $"weight {i}");
    }

    [Test]
    public void Cases_hold_every_optimizer() =>
        Assert.That(OptimizerReference.Optimizers.Values.Select(pair => pair.Optimizer.GetType()).Distinct(), Is.EquivalentTo(typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)))));
}
