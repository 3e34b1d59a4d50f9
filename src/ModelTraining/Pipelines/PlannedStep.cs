namespace ModelTraining;

/// <summary>A step and the line that asked for it.</summary>
internal sealed record PlannedStep(IRunStep Step, string File, int Line)
{
    /// <summary>"stage 2 of 5, Split, Program.cs:14".</summary>
    public string Place(int number, int count) => $"stage {number} of {count}, {Step.Name}{(File.Length > 0 ? $", {File}:{Line}" : "")}";
}
