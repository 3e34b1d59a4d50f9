namespace ModelTraining;

/// <summary>Begins with each of the choices of a parameter at what its own parameters begin with, and goes on as another sampler does.</summary>
/// <param name="Inner">The other sampler.</param>
/// <param name="Choice">The name of the parameter.</param>
internal sealed record DefaultsFirst(ISampler Inner, string Choice) : ISampler
{
    public string Name => Inner.Name;

    public IEnumerable<Problem> Validate(SearchSpace space, int objectives) => Inner.Validate(space, objectives);

    public IReadOnlyDictionary<string, double>? Propose(SamplerContext context)
    {
        var choice = context.Space.Parameters.First(parameter => parameter.Name == Choice);
        if (context.Number >= choice.ChoiceCount) return Inner.Propose(context);
        return context.ForEach((parameter, _) => ReferenceEquals(parameter, choice) ? context.Number : parameter.Initial ?? parameter.FromShare(0.5));
    }
}
