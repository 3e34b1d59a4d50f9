namespace ModelTraining.Tests.Predictors;

internal sealed record Visit(float Age, int Visits = 1);
