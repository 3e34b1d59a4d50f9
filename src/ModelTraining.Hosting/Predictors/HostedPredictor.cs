using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>Predicts with whichever model is in service when a call begins.</summary>
internal sealed class HostedPredictor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TIn, TOut>(HostedModel model, Func<Prediction, TOut> select)
    : IPredictor<TIn, TOut>
{
    public TOut Predict(TIn row)
    {
        var served = model.Enter();
        try
        {
            return select(served.Predictor.Predict(row));
        }
        finally
        {
            served.Leave();
        }
    }

    public IReadOnlyList<TOut> Predict(IEnumerable<TIn> rows, CancellationToken cancellationToken = default)
    {
        var served = model.Enter();
        try
        {
            var predictions = served.Predictor.Predict(rows, cancellationToken);
            if (predictions is IReadOnlyList<TOut> asTheyAre) return asTheyAre;
            var selected = new TOut[predictions.Count];
            for (var i = 0; i < selected.Length; i++) selected[i] = select(predictions[i]);
            return selected;
        }
        finally
        {
            served.Leave();
        }
    }
}
