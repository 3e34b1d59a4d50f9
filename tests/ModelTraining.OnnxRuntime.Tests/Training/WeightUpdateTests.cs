using System.Text.Json;

namespace ModelTraining.Tests.Training;

public class WeightUpdateTests
{
    private static readonly Dictionary<string, (Optimizer Optimizer, double Decay)> Cases = new()
    {
        ["sgd"] = (new Sgd(), 0),
        ["sgd decay"] = (new Sgd(), 0.1),
        ["sgd momentum"] = (new Sgd { Momentum = 0.9 }, 0.1),
        ["sgd nesterov"] = (new Sgd { Momentum = 0.9, Nesterov = true }, 0),
        ["adam"] = (new Adam(), 0),
        ["adam decay"] = (new Adam(), 0.1),
        ["adamw"] = (new AdamW(), 0.1),
        ["rmsprop"] = (new RmsProp(), 0),
        ["rmsprop momentum"] = (new RmsProp { Momentum = 0.9 }, 0.1),
        ["adagrad"] = (new Adagrad(), 0.1),
        ["lion"] = (new Lion(), 0),
        ["lion decay"] = (new Lion(), 0.1),
    };

    private static IEnumerable<string> Names => Cases.Keys;

    /// <summary>tests/Data/optimizers/make.py says what was computed, and how.</summary>
    [TestCaseSource(nameof(Names))]
    public void Apply_makes_the_steps_of_the_reference(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Shipped("optimizers/optimizers.json")));
        double[] expected = [.. json.RootElement.GetProperty("weights").GetProperty(name).EnumerateArray().Select(weight => weight.GetDouble())];
        var rate = json.RootElement.GetProperty("rate").GetSingle();
        var (optimizer, decay) = Cases[name];
        var update = WeightUpdate.Of(optimizer);
        var weights = Enumerable.Range(0, expected.Length).Select(i => (float)Math.Cos(i * 0.3)).ToArray();
        var states = optimizer.State.Select(_ => new float[weights.Length]).Append([]).Append([]).ToArray();
        for (var step = 0; step < json.RootElement.GetProperty("steps").GetInt32(); step++)
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
        Assert.That(Cases.Values.Select(pair => pair.Optimizer.GetType()).Distinct(), Is.EquivalentTo(typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)))));
}
