namespace ModelTraining.Torch;

/// <summary>In which form a graph is written.</summary>
/// <param name="Precision">The numbers that products are made of.</param>
/// <param name="ChannelsLast">Whether convolutions of images take and give the channels of a pixel side by side.</param>
internal sealed record ScriptForm(Precision Precision = Precision.Float32, bool ChannelsLast = false);
