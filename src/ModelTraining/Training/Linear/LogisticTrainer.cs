using System.Globalization;

namespace ModelTraining;

/// <summary>Logistic regression as a trainer.</summary>
internal sealed class LogisticTrainer(LogisticOptions options) : LinearTrainer("Linear.Logistic", true, options.FitIntercept)
{
    public override IEnumerable<Problem> Validate() => options.Validate();

    protected override LinearModel Train(TrainingData data, DesignMatrix design, TrainingContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (l1, l2) = (options.Alpha * options.L1Ratio, options.Alpha * (1 - options.L1Ratio));
        var loss = new LogisticLoss(design, data.Target.Classes.Count, l2, options.FitIntercept, context.Threads);
        var curvature = Curvature(design, loss, l2);
        var solver = new QuasiNewton(loss.Evaluate, curvature, l1 > 0 ? [.. curvature.Select((_, i) => i % loss.Stride < design.Features ? l1 : 0)] : null);
        var curve = new LinearCurve(context, "log_loss", options.MaxIterations);
        var (status, converged) = (RunStatus.Completed, IsFlat(solver, curvature, design));
        while (!converged && curve.Iterations < options.MaxIterations)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                if (curve.Iterations == 0) cancellationToken.ThrowIfCancellationRequested();
                status = RunStatus.Cancelled;
                break;
            }

            // Where no step leads down any more, rounding is all that is left.
            if (!solver.Step()) break;
            curve.Add(loss.MeanLoss);
            converged = IsFlat(solver, curvature, design);
        }

        if (!converged && curve.Iterations == options.MaxIterations)
        {
            context.Warn(string.Create(CultureInfo.InvariantCulture, $"{Name} did not converge in {options.MaxIterations} iterations. Raise MaxIterations or Alpha; with an Alpha of 0 classes that can be told apart without error have no finite coefficients."));
        }

        var (weights, biases) = Split(design, loss, solver.Position);
        var hasErrors = l1 == 0 && status == RunStatus.Completed && loss.Outputs * (design.Features + 1L) <= LogisticErrors.MostParameters;
        var (errors, biasErrors) = hasErrors ? LogisticErrors.Of(design, loss, solver.Position, l2, options.FitIntercept, context.Threads, CancellationToken.None) : (null, null);
        return Model(data, design, weights, biases, errors, biasErrors, status, curve.End());
    }

    /// <summary>The second derivatives where training begins: all coefficients 0, all classes as likely.</summary>
    private double[] Curvature(DesignMatrix design, LogisticLoss loss, double l2)
    {
        var share = loss.Outputs == 1 ? 0.25 : (1.0 / loss.Outputs) * (1 - (1.0 / loss.Outputs));
        var curvature = new double[loss.Outputs * loss.Stride];
        for (var i = 0; i < curvature.Length; i++)
        {
            var feature = i % loss.Stride;
            var square = feature == design.Features ? 1 : Math.Pow(design.Deviations[feature], 2) + (options.FitIntercept ? 0 : Math.Pow(design.Means[feature], 2));
            curvature[i] = (share * square * design.TotalWeight) + (feature == design.Features ? 0 : l2);
            if (curvature[i] == 0) curvature[i] = 1;
        }

        return curvature;
    }

    private bool IsFlat(QuasiNewton solver, double[] curvature, DesignMatrix design)
    {
        for (var i = 0; i < curvature.Length; i++)
        {
            if (Math.Abs(solver.Slope[i]) > options.Tolerance * Math.Sqrt(curvature[i] * design.TotalWeight)) return false;
        }

        return true;
    }

    private static (double[] Weights, double[] Biases) Split(DesignMatrix design, LogisticLoss loss, double[] parameters)
    {
        var weights = new double[loss.Outputs * design.Features];
        for (var output = 0; output < loss.Outputs; output++) Array.Copy(parameters, output * loss.Stride, weights, output * design.Features, design.Features);
        var biases = loss.Offsets(parameters);
        // Adding the same to all changes no probability.
        if (biases.Length > 1) biases = Array.ConvertAll(biases, bias => bias - (biases.Sum() / biases.Length));
        return (weights, biases);
    }
}
