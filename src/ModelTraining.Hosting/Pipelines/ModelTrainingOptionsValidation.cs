using Microsoft.Extensions.Options;

namespace ModelTraining;

/// <summary>Tells the container what is wrong with the options, wherever they were set.</summary>
internal sealed class ModelTrainingOptionsValidation : IValidateOptions<ModelTrainingOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelTrainingOptions options)
    {
        var problems = options.Validate().Select(problem => problem.ToString()).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
