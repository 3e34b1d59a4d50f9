using System.Globalization;

namespace ModelTraining;

/// <summary>The YAML at the head of a model card, by which a model hub files it.</summary>
internal static class CardFrontMatter
{
    public static void Write(Markdown card, PipelineRun run, TrainedModel model)
    {
        var task = model.Task == LearningTask.Regression ? "tabular-regression" : "tabular-classification";
        var scores = run.EvaluationOrNull?.MainScores.Where(score => double.IsFinite(score.Value)).ToList() ?? [];
        card.Line($"---").Line($"library_name: modeltraining").Line($"pipeline_tag: {Quoted.Of(task)}");
        card.Line($"tags:").Line($"  - {Quoted.Of(task)}").Line($"  - {Quoted.Of(model.Trainer)}").Line($"  - onnx").Line($"  - dotnet");
        if (scores.Count > 0)
        {
            card.Line($"metrics:");
            foreach (var score in scores) card.Line($"  - {Quoted.Of(score.Key)}");
            card.Line($"model-index:").Line($"  - name: {Quoted.Of(ModelCard.Name(run))}").Line($"    results:");
            card.Line($"      - task:").Line($"          type: {Quoted.Of(task)}");
            card.Line($"        dataset:").Line($"          name: {Quoted.Of(ModelCard.DataName(run))}").Line($"          type: tabular");
            if (run.CrossValidationOrNull is null) card.Line($"          split: test");
            card.Line($"        metrics:");
            foreach (var score in scores) card.Line($"          - type: {Quoted.Of(score.Key)}").Line($"            value: {score.Value.ToString("0.0#######", CultureInfo.InvariantCulture)}");
        }

        card.Line($"---").Line($"");
    }
}
