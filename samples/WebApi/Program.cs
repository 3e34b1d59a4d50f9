// A model as a service: POST /predict takes a row as a JSON object, GET /health says how the model is. Put a newer file in the model's place, and the service
// takes it up without a failed request. On this machine only: it listens on 127.0.0.1.
//
//   dotnet run --project samples/WebApi -- --Model breast-cancer.onnx --Port 5080
using System.Net;
using ModelTraining;
using Samples;

var builder = WebApplication.CreateSlimBuilder(args);
var model = builder.Configuration["Model"] ?? "breast-cancer.onnx";
builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, builder.Configuration.GetValue("Port", 5080)));

builder.Services.AddModelTraining();
builder.Services.AddPredictor<Dictionary<string, object?>, Answer>(model, prediction => new Answer(prediction.Label, prediction.Probability, prediction.Value));
builder.Services.AddHealthChecks().AddPredictors();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapPost("/predict", (Dictionary<string, object?> row, IPredictor<Dictionary<string, object?>, Answer> predictor) =>
{
    try
    {
        return Results.Ok(predictor.Predict(row));
    }
    catch (ModelTrainingException exception)
    {
        // MT2xxx is about the row that was sent; anything else is ours to mend.
        return Results.Problem(exception.Message, statusCode: exception.Id.StartsWith("MT2", StringComparison.Ordinal) ? 400 : 503);
    }
});

if (!File.Exists(model))
{
    await app.Services.GetRequiredService<PipelineFactory>()
        .From(Csv.File(Path.Combine(AppContext.BaseDirectory, "breast-cancer-wdbc.csv"), label: "label"))
        .Clean()
        .Split(test: 0.2, validation: 0.1)
        .Train(Trees.GradientBoosting())
        .Evaluate()
        .Export(model)
        .RunAsync();
}

await app.RunAsync();
