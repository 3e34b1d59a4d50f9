using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>What all trainings by ML.NET have in common.</summary>
internal static class Fitting
{
    /// <summary>A seed for ML.NET's context, drawn from the run's.</summary>
    public static int Seed(TrainingContext context) => (int)(context.Random.Fork("ML.NET").NextBits() >> 33);

    /// <summary>Has ML.NET do its work.</summary>
    /// <exception cref="ModelTrainingException">MT3300: it could not.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    public static ITransformer Run(string trainer, Func<ITransformer> fit, CancellationToken cancellationToken)
    {
        try
        {
            return fit();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // What ML.NET throws then depends on where it was.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (exception is not ModelTrainingException)
        {
            throw new ModelTrainingException("MT3300", $"ML.NET could not train {trainer}: {exception.Message} Mend the data or the options that it names.", exception);
        }
    }

    /// <summary>A score of two classes becomes a probability by what ML.NET has for it.</summary>
    public static ITransformer Calibrated(FitRequest request, ITransformer transformer)
    {
        if (request.Task != LearningTask.BinaryClassification) return transformer;
        var schema = transformer.GetOutputSchema(request.Training.Schema);
        if (schema.GetColumnOrNull(MLNetModel.Probability) is not null || schema.GetColumnOrNull(MLNetModel.Score) is null) return transformer;
        var platt = request.Context.BinaryClassification.Calibrators.Platt(FeatureView.Label, MLNetModel.Score, request.Weight);
        return new TransformerChain<ITransformer>(transformer, platt.Fit(transformer.Transform(request.Training)));
    }
}
