using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A boosting model that was exported earlier, to be trained further.</summary>
internal sealed class EarlierModel
{
    private readonly Graph _graph;
    private readonly Node? _ensemble;

    private EarlierModel(string name, Graph graph)
    {
        (Name, _graph, Manifest) = (name, graph, ModelManifest.ReadFrom(graph));
        // Bins by a tree, or a calibration, may be ensembles too; neither has all features as its input.
        _ensemble = graph.Nodes.FirstOrDefault(node => node.OpType == "TreeEnsembleRegressor" && EarlierFeatures.Values(graph, node, Manifest.Features.Count) is not null);
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>What it says of itself.</summary>
    public ModelManifest Manifest { get; }

    /// <exception cref="ModelTrainingException">MT420x, MT421x: the file can't be read, or was not exported by this library.</exception>
    public static EarlierModel Load(string path) => new($"'{path}'", OnnxFile.Load(path));

    public static EarlierModel Of(byte[] model) => new("the earlier run's model", OnnxFile.Load(model));

    /// <summary>Why it can't be trained further so.</summary>
    /// <param name="objective">What further trees make small.</param>
    public IEnumerable<Problem> Problems(BoostingObjective? objective)
    {
        if (Manifest.Trainer != GradientBoostingTrainer.TrainerName)
        {
            yield return new Problem("MT2434", $"FineTune adds trees to models of {GradientBoostingTrainer.TrainerName}; {Name} is of {Manifest.Trainer}. Train a new model.");
            yield break;
        }

        if (_ensemble is null)
        {
            yield return new Problem("MT2433", $"The graph of {Name} does not say which features its trees are of. Export the model anew with this version of the library.");
            yield break;
        }

        if (objective?.ToString() != Manifest.Objective)
        {
            yield return new Problem("MT2435", $"{Name} was trained with the objective '{Manifest.Objective ?? "of the default"}', and its trees only add up with others of the same. Got '{objective?.ToString() ?? "the default"}'. Give FineTune the same Objective.");
        }

    }

    /// <summary>What it takes and the data does not have, or has as something else.</summary>
    public IEnumerable<Problem> MissingColumns(Schema schema)
    {
        foreach (var column in schema.Where(column => column.Role is ColumnRole.Label or ColumnRole.Weight && Manifest.Inputs.Any(input => input.Name == column.Name)))
        {
            yield return new Problem("MT2430", $"{Name} takes column '{column.Name}', which is the {(column.Role == ColumnRole.Label ? "label" : "weight")} here. Name '{Manifest.LabelColumn}' the label, or train a new model.");
        }

        foreach (var input in Manifest.Inputs.Where(input => !schema.Contains(input.Name)))
        {
            yield return new Problem("MT2430", $"{Name} takes a column '{input.Name}', which the data does not have. {NearestNames.Sentence(input.Name, schema.Select(column => column.Name))} Give it, empty where the value is missing.");
        }
    }

    /// <summary>The new data's target in the classes of the model, and in their order.</summary>
    /// <exception cref="ModelTrainingException">MT2431: the label is a number and the model's are classes, or the other way round, or it has a class that the model does not know.</exception>
    public Target Encode(Target target)
    {
        if ((target.Task == LearningTask.Regression) != (Manifest.Task == LearningTask.Regression))
        {
            var (known, found) = Manifest.Task == LearningTask.Regression ? ("a number", "classes") : ("classes", "a number");
            throw new ModelTrainingException("MT2431", $"{Name} predicts {known}, and label '{target.Column}' is {found} here. State the task by WithTask(LearningTask.{Manifest.Task}), or train a new model.");
        }

        if (Manifest.Task == LearningTask.Regression) return target;
        var positions = target.Classes.Select(name => Manifest.Classes.Index().Where(known => known.Item == name).Select(known => known.Index).DefaultIfEmpty(-1).First()).ToArray();
        if (Array.IndexOf(positions, -1) is >= 0 and var unknown)
        {
            throw new ModelTrainingException("MT2431", $"Label '{target.Column}' has the class '{target.Classes[unknown]}', which {Name} does not know. {NearestNames.Sentence(target.Classes[unknown], Manifest.Classes)} Leave out its rows, or train a new model.");
        }

        var values = new float[target.Values.Length];
        for (var row = 0; row < values.Length; row++) values[row] = positions[(int)target.Values[row]];
        return new Target(target.Column, Manifest.Task, values, Manifest.Classes);
    }

    /// <exception cref="ModelTrainingException">MT2432: a column has another type than the model takes.</exception>
    public void CheckTypes(Schema schema)
    {
        var problems = Manifest.Inputs.Where(input => GraphColumns.TypeOf(schema[input.Name].Type) != GraphColumns.TypeOf(input.Type))
            .Select(input => new Problem("MT2432", $"Column '{input.Name}' is of type {schema[input.Name].Type}, and {Name} takes {input.Type}. State its type where the data is read, as by Types of Csv.File.")).ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
    }

    /// <summary>The preprocessing, to be run on rows as their source gave them.</summary>
    public EarlierFeatures Features(int threads) => new(Name, _graph, Manifest, _ensemble!, threads);

    /// <summary>The trees and what they start from.</summary>
    public BoostingStart Start()
    {
        var (trees, baseScores) = TreeEnsembleReader.Read(_ensemble!);
        return new BoostingStart(trees, baseScores);
    }
}
