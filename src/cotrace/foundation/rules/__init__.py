"""Pure rules that several subjects decide by: documents, their canonical bytes, their signatures."""
