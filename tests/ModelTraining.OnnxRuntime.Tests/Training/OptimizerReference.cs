using System.Text.Json;

namespace ModelTraining.Tests.Training;

/// <summary>Steps of every optimizer, computed elsewhere; tests/Data/optimizers/make.py says how.</summary>
internal static class OptimizerReference
{
    public static readonly Dictionary<string, (Optimizer Optimizer, double Decay)> Optimizers = new()
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

    /// <summary>The weights after the steps.</summary>
    public static (double[] Weights, float Rate, int Steps) Of(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Shipped("optimizers/optimizers.json")));
        return ([.. json.RootElement.GetProperty("weights").GetProperty(name).EnumerateArray().Select(weight => weight.GetDouble())], json.RootElement.GetProperty("rate").GetSingle(), json.RootElement.GetProperty("steps").GetInt32());
    }
}
