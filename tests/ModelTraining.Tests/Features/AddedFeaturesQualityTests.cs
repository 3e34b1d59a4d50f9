namespace ModelTraining.Tests.Features;

/// <summary>Features by wish make models better where they should, on real data, and are part of the exported model.</summary>
public class AddedFeaturesQualityTests
{
    private static async Task<double> Rmse(string file, string label, ITrainer trainer, TemporaryFolder folder, params Feature[] features)
    {
        var run = await Pipeline.From(Csv.File(TestData.Shared(file), label: label)).Clean().Split().Features(o => o with { Add = features }).Train(trainer).Evaluate()
            .Export(folder.File($"{Guid.NewGuid():N}.onnx")).RunAsync();
        Assert.That(run.Exports.Single().Parity.Rows, Is.Positive);
        return run.Evaluation["rmse"];
    }

    [Test]
    public async Task Linear_learns_what_only_made_features_tell()
    {
        using var folder = new TemporaryFolder();
        var plain = await Rmse("tabular/california-housing.csv", "median_house_value", Linear.Ridge(), folder);
        var made = await Rmse("tabular/california-housing.csv", "median_house_value", Linear.Ridge(), folder,
            Feature.Ratio("population", "households"), Feature.Ratio("total_bedrooms", "total_rooms"), Feature.YeoJohnson("total_*", "households", "population"),
            Feature.Bins("l*itude", 20, BinStrategy.Tree, oneHot: true), Feature.Polynomial(["median_income", "housing_median_age"]));
        TestContext.Out.WriteLine($"ridge: {plain} to {made}");
        Assert.That(made, Is.LessThan(plain * 0.93));
    }

    [Test]
    public async Task Boosting_learns_from_ratios_what_splits_of_one_column_tell_slowly()
    {
        using var folder = new TemporaryFolder();
        var plain = await Rmse("tabular/california-housing.csv", "median_house_value", Trees.GradientBoosting(o => o with { Trees = 40 }), folder);
        var made = await Rmse("tabular/california-housing.csv", "median_house_value", Trees.GradientBoosting(o => o with { Trees = 40 }), folder,
            Feature.Ratio("population", "households"), Feature.Ratio("total_rooms", "households"), Feature.Interaction("longitude", "latitude"), Feature.TargetEncoding("ocean_proximity"), Feature.Hash("ocean_proximity", 8));
        TestContext.Out.WriteLine($"boosting: {plain} to {made}");
        Assert.That(made, Is.LessThan(plain * 0.97));
    }
}
