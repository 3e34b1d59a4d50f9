namespace ModelTraining.Tests.Conformance;

/// <summary>Every transform there is, with each of its options that changes what it learns or emits. A new one is one more row.</summary>
public static class TransformCases
{
    private static readonly string[] Texts = ["animal", "city", "never"];

    public static IEnumerable<TransformCase> All =>
    [
        new("dates to parts", new DateParts(["day", "time"])),
        new("ordinal", new OrdinalCategories(Texts, 255)),
        new("ordinal, rare ones together", new OrdinalCategories(Texts, 3)),
        new("one-hot", new OneHot(Texts, 100)),
        new("one-hot, the three most frequent", new OneHot(Texts, 3)),
        new("one-hot, only one", new OneHot(Texts, 1)),
        new("target means, two classes", new TargetEncoding(Texts, 10, 5)),
        new("target means, three classes", new TargetEncoding(Texts, 10, 5)) { Task = LearningTask.MulticlassClassification },
        new("target means, numbers", new TargetEncoding(Texts, 0, 3)) { Task = LearningTask.Regression },
        new("target means added", new TargetEncoding(Texts, 10, 5) { Added = true }) { Task = LearningTask.MulticlassClassification },
        Made("ratios", Feature.Ratio("number", "whole")),
        Made("ratios to zero", Feature.Ratio("whole", "flag")),
        Made("interactions", Feature.Interaction("number", "whole", "flag", "nothing")),
        Made("polynomials", Feature.Polynomial(["number", "whole"], 3)),
        Made("logarithms", Feature.Log("number", "whole", "flag", "constant", "nothing")),
        Made("yeo-johnson", Feature.YeoJohnson("number", "whole", "flag", "constant", "nothing")),
        new("yeo-johnson, a logarithm where negative", new Formulas("λ 2", (_, _) => [new YeoJohnsonFormula("number", 2), new YeoJohnsonFormula("whole", 0)])),
        Made("box-cox", Feature.BoxCox("constant", "nothing")),
        new("box-cox of what is not positive", new Formulas("λ", (_, _) => [new BoxCoxFormula("number", 0), new BoxCoxFormula("whole", -0.7)])),
        Made("bins of equal counts", Feature.Bins("number")),
        Made("bins of equal width", Feature.Bins("whole", 4, BinStrategy.Uniform)),
        Made("bins by tree", Feature.Bins("number", 5, BinStrategy.Tree)),
        Made("bins by tree, numbers", Feature.Bins("whole", 5, BinStrategy.Tree)) with { Task = LearningTask.Regression },
        Made("bins as columns", Feature.Bins("number", 3, oneHot: true)),
        Made("bins of one value", Feature.Bins("constant")),
        Made("bins of nothing", Feature.Bins("nothing", oneHot: true)),
        Made("cyclic dates", Feature.Cyclic("day", "time")),
        Made("hash buckets as columns", Feature.Hash("city", 7)),
        Made("words", Feature.TfIdf("review")),
        Made("words of all columns, a few terms", Feature.TfIdf("*", o => o with { MaxFeatures = 3, MinDocumentFrequency = 1 }), Texts),
        Made("words and runs of words, sublinear, without stop words", Feature.TfIdf("review", o => o with { NGramLength = 3, SublinearTf = true, StopWords = ["a", "Don't", "TRÈS", "price"], MaxDocumentShare = 0.5 })),
        Made("words of one term", Feature.TfIdf("review", o => o with { MaxFeatures = 1, SublinearTf = true })),
        Made("no words", Feature.TfIdf("never")),
        new("scaling", new StandardScaling(["number", "whole", "flag", "constant", "nothing"])),
        new("mean", new Imputation([("number", MissingValues.Mean), ("whole", MissingValues.Mean), ("day", MissingValues.Mean), ("nothing", MissingValues.Mean)])),
        new("median", new Imputation([("number", MissingValues.Median), ("whole", MissingValues.Median), ("time", MissingValues.Median)])),
        new("most frequent", new Imputation([("number", MissingValues.MostFrequent), ("flag", MissingValues.MostFrequent), ("animal", MissingValues.MostFrequent), ("never", MissingValues.MostFrequent), ("day", MissingValues.MostFrequent)])),
        new("constants", new Imputation([("number", MissingValues.Constant(-1)), ("flag", MissingValues.Constant(1)), ("city", MissingValues.Constant("elsewhere"))])),
        Clean("useless columns", new CleanOptions()),
        Clean("leaks", new CleanOptions { Leaks = LeakAction.Drop }, (options, ledger) => new LeakCheck(options, ledger)),
        Clean("rare categories by count", new CleanOptions { RareCategories = RareCategories.FewerThan(5) }, Rare),
        Clean("rare categories by share, nearly all", new CleanOptions { RareCategories = RareCategories.Below(0.9).As("others") }, Rare),
        Clean("no category is rare", new CleanOptions { RareCategories = RareCategories.Below(1e-6) }, Rare),
        Clean("outliers reported", new CleanOptions(), Outliers),
        Clean("outliers clipped by quartiles", new CleanOptions { Outliers = ModelTraining.Outliers.Iqr().Clip() }, Outliers),
        Clean("outliers clipped by deviations", new CleanOptions { Outliers = ModelTraining.Outliers.ZScore(1).Clip() }, Outliers),
        Clean("outliers clipped by the median distance", new CleanOptions { Outliers = ModelTraining.Outliers.Mad(1).Clip() }, Outliers),
        Clean("outliers flagged", new CleanOptions { Outliers = ModelTraining.Outliers.Iqr(0.5).Flag() }, Outliers),
        Clean("outliers dropped", new CleanOptions { Outliers = ModelTraining.Outliers.ZScore(1.5).Drop() }, Outliers),
        Clean("missing left", new CleanOptions(), Missing),
        Clean("missing with indicator", new CleanOptions { Missing = MissingValues.Auto.WithIndicator() }, Missing),
        Clean("missing filled with indicator", new CleanOptions { Missing = MissingValues.Median.WithIndicator() }, Missing),
        Clean("missing dropped", new CleanOptions { MissingByColumn = new Dictionary<string, MissingValues> { ["number"] = MissingValues.Drop } }, Missing),
    ];

    private static TransformCase Made(string name, Feature feature, params string[] columns) => new(name, feature.Make(columns));

    private static RareCategoryRepair Rare(CleanOptions options, CleanLedger ledger) => new(options, ledger);

    private static OutlierRepair Outliers(CleanOptions options, CleanLedger ledger) => new(options, ledger);

    private static MissingValueRepair Missing(CleanOptions options, CleanLedger ledger) => new(options, ledger);

    private static TransformCase Clean(string name, CleanOptions options, Func<CleanOptions, CleanLedger, ITransform>? make = null) =>
        new(name, make?.Invoke(options, new CleanLedger()) ?? new UselessColumns(options, new CleanLedger()));
}
