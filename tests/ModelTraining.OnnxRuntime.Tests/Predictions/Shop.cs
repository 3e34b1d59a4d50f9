using ModelTraining.Onnx;

namespace ModelTraining.Tests.Predictions;

/// <summary>A model whose prediction shows what it was given: one digit group for each column.</summary>
internal static class Shop
{
    public static readonly DateTime Epoch = new(2000, 1, 1);

    public static ModelManifest Manifest(LearningTask task = LearningTask.Regression) => new()
    {
        Task = task,
        Trainer = "ByHand",
        Classes = task == LearningTask.Regression ? [] : ["nein", "größer"],
        Inputs =
        [
            new ModelInput("age", ColumnType.Number) { Format = new TextFormat { DecimalComma = true } },
            new ModelInput("visits", ColumnType.Integer),
            new ModelInput("is-member", ColumnType.Boolean),
            new ModelInput("city", ColumnType.Text),
            new ModelInput("since", ColumnType.DateTime) { Format = new TextFormat { DateOrder = DateOrder.DayMonthYear } },
        ],
        OtherColumns = ["customer id", "spent"],
        LabelColumn = "spent",
        Metrics = new Dictionary<string, double> { ["rmse"] = 1.5, ["r2"] = double.NaN },
        TrainedAt = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>age + 100 visits + 1,000 member + 10,000 city + 0.01 days since 2000; 0.5, 50, 500, 5,000 and 0.005 less where missing.</summary>
    public static Graph Graph(LearningTask task = LearningTask.Regression)
    {
        var graph = new Graph("shop");
        var age = graph.Input("age", ElementType.Float, Dimension.Batch, 1);
        var visits = graph.Input("visits", ElementType.Float, Dimension.Batch, 1);
        var member = graph.Input("is-member", ElementType.Float, Dimension.Batch, 1);
        var city = graph.Input("city", ElementType.String, Dimension.Batch, 1).LabelEncoder(["Bern", "Zürich", "1.5"], [1f, 2, 3], 4);
        var text = graph["city"].LabelEncoder([""], [-0.5f], 0).Less(0f).Where(-0.5f, city);
        var since = graph.Input("since", ElementType.Int64, Dimension.Batch, 1);
        var days = ((since - DateTimeColumn.ToUnixSeconds(Epoch)) / 86400L).Cast(ElementType.Float);
        var shown = Shown(age) + (Shown(visits) * 100f) + (Shown(member) * 1000f) + (text * 10000f) + (since.Equal(DateTimeColumn.MissingUnixSeconds).Where(-0.5f, days) * 0.01f);
        if (task == LearningTask.Regression)
        {
            graph.Output("prediction", shown);
        }
        else
        {
            var likely = (shown / 10000f).Sigmoid();
            var probabilities = Value.Concat([1f - likely, likely], 1);
            graph.Output("label", probabilities.ArgMax(1, keepDims: false).LabelEncoder([0L, 1], ["nein", "größer"]));
            graph.Output("probabilities", probabilities);
        }

        Manifest(task).WriteTo(graph);
        return graph;
    }

    public static Predictor Predictor(LearningTask task = LearningTask.Regression, Func<PredictorOptions, PredictorOptions>? configure = null) =>
        ModelTraining.Predictor.Load(OnnxFile.ToBytes(Graph(task)), configure);

    /// <summary>A row as a dictionary, with some values changed.</summary>
    public static Dictionary<string, object?> Row(params (string Name, object? Value)[] changes)
    {
        var row = new Dictionary<string, object?> { ["age"] = 30f, ["visits"] = 2L, ["is-member"] = true, ["city"] = "Bern", ["since"] = Epoch };
        foreach (var (name, value) in changes) row[name] = value;
        return row;
    }

    private static Value Shown(Value value) => value.IsNaN().Where(-0.5f, value);
}
