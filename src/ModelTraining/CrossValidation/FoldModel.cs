namespace ModelTraining;

/// <summary>What is kept of a fold where its model is to be one of many.</summary>
internal sealed record FoldModel(FittedFeatures Features, TrainedModel Model, float? Threshold, FeatureOptions FeatureOptions, RowFunctions Functions, Table Table);
