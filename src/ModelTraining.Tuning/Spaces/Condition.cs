namespace ModelTraining;

/// <summary>What has to be chosen for a parameter to be asked for at all.</summary>
/// <param name="Parent">The parameter that decides.</param>
/// <param name="Choices">The positions of the choices that ask for it.</param>
/// <param name="Outer">What else has to hold; null when nothing has.</param>
internal sealed record Condition(Parameter Parent, IReadOnlyList<int> Choices, Condition? Outer)
{
    public bool Holds(IReadOnlyDictionary<string, double> values) =>
        values.TryGetValue(Parent.Name, out var value) && Choices.Contains((int)value) && (Outer?.Holds(values) ?? true);

    public override string ToString() => $"{(Outer is null ? "" : $"{Outer} and ")}{Parent.Name} is {string.Join(" or ", Choices.Select(choice => Parent.Text(choice)))}";
}
