namespace ModelTraining;

/// <summary>What a step multiplies by, for one weight.</summary>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="WeightDecay">The weight decay.</param>
/// <param name="GradientScale">What gradients are multiplied by: less than 1 when they are clipped.</param>
internal readonly record struct UpdateRates(float LearningRate, float WeightDecay, float GradientScale);
